import type { AllowlistEntry, HeadDeny } from "#lib/core/allowlist/wire.ts";
import { intersectEntries } from "#lib/core/allowlist/intersectEntries.ts";
import { day, second, type Instant } from "#lib/core/Instant.ts";
import type { SightingShape } from "#lib/core/sighting/SightingShape.ts";
import { decide } from "#lib/consumer/decide.ts";
import type { Read } from "#lib/db/Database.ts";
import { sightingsOf, type SightedShape } from "#lib/db/queries/sightingsOf.ts";
import type { EntryDifference } from "#lib/db/queries/compareTrees.ts";

/** What one client asked in the last seven days, judged by another release. */
export interface WhatIfLine {
  readonly clientId: string;
  /** Questions that one release lets pass and the other refuses. */
  readonly refused: number;
  /** The other way round. */
  readonly passed: number;
  /** The first reason of most refusals, in words. */
  readonly because: string | null;
}

export interface WhatIf {
  readonly since: Instant;
  /** All questions about the clients that the releases judge differently. */
  readonly asked: number;
  readonly refused: number;
  readonly passed: number;
  /** Most refusals first. */
  readonly lines: readonly WhatIfLine[];
}

/** One side of the question: an entry (absent: not listed) under the denies of its head. */
interface Side {
  readonly entry: AllowlistEntry | undefined;
  readonly deny: readonly HeadDeny[];
}

export interface Releases {
  readonly before: { readonly deny: readonly HeadDeny[] };
  readonly after: { readonly deny: readonly HeadDeny[] };
  readonly differences: readonly EntryDifference[];
}

/**
 * How many of the questions that the servers of an audience asked in the last seven days a release would answer
 * otherwise than another. Counted by what was asked, not by who asked: nothing is known of end users.
 */
export async function whatIf(
  db: Read,
  now: Instant,
  audienceId: string,
  { before, after, differences }: Releases,
): Promise<WhatIf> {
  const since = now - 7 * day;
  const entries = new Map(differences.map((each) => [each.clientId, each]));
  const ids = [...entries.keys()].slice(0, 500);
  const totals = ids.length === 0 ? [] : await sightingsOf(db, audienceId, since, ids);
  const lines: WhatIfLine[] = [];
  for (const [clientId, asked] of Map.groupBy(totals, (each) => each.clientId)) {
    const of = entries.get(clientId);
    const line = judge(clientId, asked, now, {
      was: { entry: of?.before, deny: before.deny },
      is: { entry: of?.after, deny: after.deny },
    });
    if (line.refused > 0 || line.passed > 0) lines.push(line);
  }
  lines.sort((a, b) => b.refused - a.refused || b.passed - a.passed || (a.clientId < b.clientId ? -1 : 1));
  return {
    since,
    asked: totals.reduce((all, each) => all + each.count, 0),
    refused: lines.reduce((all, each) => all + each.refused, 0),
    passed: lines.reduce((all, each) => all + each.passed, 0),
    lines,
  };
}

/** What a rollback would make of the entries: today's, with nothing that the older release does not allow. */
export function rolledBack(differences: readonly EntryDifference[]): EntryDifference[] {
  return differences.flatMap(({ clientId, before: held, after: today }) => {
    if (!today || today.status !== "allow") return [];
    const left = held && intersectEntries(today, held);
    return [{ clientId, before: today, ...(left ? { after: left } : {}) }];
  });
}

function judge(
  clientId: string,
  asked: readonly SightedShape[],
  now: Instant,
  { was, is }: { was: Side; is: Side },
): WhatIfLine {
  let refused = 0;
  let passed = 0;
  let because: string | null = null;
  let most = 0;
  for (const each of asked) {
    const { count } = each;
    const old = answer(clientId, each.shape, now, was);
    const fresh = answer(clientId, each.shape, now, is);
    if (old.decision === fresh.decision) continue;
    if (fresh.decision === "allow") passed += count;
    else {
      refused += count;
      if (count > most) [most, because] = [count, fresh.sentence];
    }
  }
  return { clientId, refused, passed, because };
}

/** A sighting writes the port of a loopback redirect as 0; an entry that takes any port takes none as well. */
const anyPort = /^(http:\/\/[^/:]+|http:\/\/\[::1\]):0(?=[/?]|$)/;

function answer(clientId: string, shape: SightingShape, now: Instant, { entry, deny }: Side) {
  const seconds = Math.floor(now / second);
  return decide({
    // As if its head had just been signed: only what it says is asked for, not how old it is.
    head: { seq: 1, iat: seconds, exp: seconds + 1, deny },
    found: entry ?? "none",
    question: { client_id: clientId, ...shape, redirect_uri: shape.redirect_uri?.replace(anyPort, "$1") },
    now: seconds,
  });
}
