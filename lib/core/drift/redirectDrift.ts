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
  const pathOf = (uri: string) => `/redirect_uris/${after.indexOf(uri)}`;
  const isNew = gained(before, after);
  const isGone = gained(after, before);

  const ports = isNew.flatMap((uri) => {
    const other = before.find((each) => samePlace(each, uri));
    return other === undefined ? [] : [{ before: other, after: uri, path: pathOf(uri) }];
  });
  for (const uri of isGone) {
    const other = after.find((each) => samePlace(each, uri));
    if (other !== undefined && !ports.some((pair) => pair.before === uri))
      ports.push({ before: uri, after: other, path: pathOf(other) });
  }
  const moved = new Set(ports.flatMap((pair) => [pair.before, pair.after]));
  const newElsewhere = isNew.filter((uri) => !moved.has(uri));
  const goneElsewhere = isGone.filter((uri) => !moved.has(uri));

  const names: LoopbackPair[] = [];
  for (const uri of newElsewhere) {
    const other = goneElsewhere.find(
      (each) => sameRest(each, uri) && !names.some((pair) => pair.before === each),
    );
    if (other !== undefined) names.push({ before: other, after: uri, path: pathOf(uri) });
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

/** Loopback redirects that differ in their port only (RFC 8252 §7.3). */
function samePlace(a: string, b: string): boolean {
  const [ours, theirs] = [loopbackOf(a), loopbackOf(b)];
  return ours !== undefined && ours.host === theirs?.host && ours.rest === theirs.rest;
}

function sameRest(a: string, b: string): boolean {
  const [ours, theirs] = [loopbackOf(a), loopbackOf(b)];
  return ours !== undefined && ours.rest === theirs?.rest;
}
