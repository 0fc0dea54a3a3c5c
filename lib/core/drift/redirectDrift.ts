import { classifyRedirectFor, type ClassifiedRedirect } from "#lib/core/redirect/classifyRedirect.ts";
import { loopbackOf } from "#lib/core/redirect/loopbackOf.ts";
import type { OwningDomain } from "#lib/core/domain/owningDomain.ts";
import { gradeRedirect, knownPlaces, type RedirectGrade } from "./gradeRedirect.ts";
import { gained } from "./sameValue.ts";

export interface AddedRedirect extends ClassifiedRedirect {
  readonly path: string;
  readonly grade: RedirectGrade;
}

/** Two spellings of one loopback callback. */
export interface LoopbackPair {
  readonly before: string;
  readonly after: string;
  readonly path: string;
}

/** The set difference of `redirect_uris`; each added URI has one grade, so that one rule speaks for it. */
export interface RedirectDrift {
  readonly before: readonly ClassifiedRedirect[];
  readonly after: readonly ClassifiedRedirect[];
  /** Neither there before nor covered by what was. */
  readonly added: readonly AddedRedirect[];
  /** Neither there any more nor covered by what is. */
  readonly removed: readonly ClassifiedRedirect[];
  /** The same loopback callback on another port, or on any. */
  readonly ports: readonly LoopbackPair[];
  /** The same loopback callback under another name of this computer. */
  readonly names: readonly LoopbackPair[];
  /** There were some, there are others, and none stayed. */
  readonly allReplaced: boolean;
}

export function redirectDrift(
  before: readonly string[],
  after: readonly string[],
  clientId: string,
  owner: OwningDomain | undefined,
  approvedDomains: readonly string[],
): RedirectDrift {
  const had = before.map((uri) => classifyRedirectFor(uri, owner));
  const has = after.map((uri) => classifyRedirectFor(uri, owner));
  const places = new Map(after.map((uri, index) => [uri, `/redirect_uris/${index}`]));
  const pathOf = (uri: string) => places.get(uri) ?? "/redirect_uris";
  const isNew = gained(before, after);
  const isGone = gained(after, before);

  // RFC 8252 §7.3: the same host, path and query on this computer, whatever the port.
  const hadAt = firstBy(before, placeOf);
  const hasAt = firstBy(after, placeOf);
  const ports = isNew.flatMap((uri) => {
    const other = hadAt.get(placeOf(uri) ?? "");
    return other === undefined ? [] : [{ before: other, after: uri, path: pathOf(uri) }];
  });
  const moved = new Set(ports.flatMap((pair) => [pair.before, pair.after]));
  for (const uri of isGone) {
    const other = hasAt.get(placeOf(uri) ?? "");
    if (other === undefined || moved.has(uri)) continue;
    moved.add(uri);
    ports.push({ before: uri, after: other, path: pathOf(other) });
  }
  const newElsewhere = isNew.filter((uri) => !moved.has(uri));
  const goneElsewhere = isGone.filter((uri) => !moved.has(uri));

  const names: LoopbackPair[] = [];
  const goneFrom = firstBy(goneElsewhere, restOf);
  for (const uri of newElsewhere) {
    const rest = restOf(uri) ?? "";
    const other = goneFrom.get(rest);
    if (other === undefined) continue;
    goneFrom.delete(rest);
    names.push({ before: other, after: uri, path: pathOf(uri) });
  }
  const renamed = new Set(names.flatMap((pair) => [pair.before, pair.after]));
  const known = knownPlaces(clientId, owner, had, approvedDomains);
  const added = newElsewhere
    .filter((uri) => !renamed.has(uri))
    .map((uri) => {
      const redirect = classifyRedirectFor(uri, owner);
      return { ...redirect, path: pathOf(uri), grade: gradeRedirect(redirect, known) };
    });
  const removed = goneElsewhere
    .filter((uri) => !renamed.has(uri))
    .map((uri) => classifyRedirectFor(uri, owner));
  const stayed = before.length - isGone.length > 0 || ports.length > 0 || names.length > 0;
  return {
    before: had,
    after: has,
    added,
    removed,
    ports,
    names,
    allReplaced: added.length > 0 && removed.length > 0 && !stayed,
  };
}

function placeOf(uri: string): string | undefined {
  const loopback = loopbackOf(uri);
  return loopback && `${loopback.host} ${loopback.rest}`;
}

function restOf(uri: string): string | undefined {
  const loopback = loopbackOf(uri);
  return loopback && `any ${loopback.rest}`;
}

/** The first text under each name; those without a name are left out. */
function firstBy(
  texts: readonly string[],
  nameOf: (text: string) => string | undefined,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of texts) {
    const name = nameOf(text);
    if (name !== undefined && !found.has(name)) found.set(name, text);
  }
  return found;
}
