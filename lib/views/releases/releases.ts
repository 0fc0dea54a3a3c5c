import type { HeadDeny } from "#lib/core/allowlist/wire.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listReleases, type ReleaseRow } from "#lib/db/queries/listReleases.ts";
import { findClientRowIds } from "#lib/db/queries/countUses.ts";
import { listedEntry } from "#lib/db/queries/listedEntry.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import {
  audienceState,
  headFacts,
  type AudienceState,
  type HeadFacts,
} from "#lib/views/servers/audienceStates.ts";
import { compareTrees, type EntryDifference } from "#lib/db/queries/compareTrees.ts";
import { entryWords, type DifferenceWords } from "./entryWords.ts";
import { heldList, type HeldList } from "./heldList.ts";
import { releaseContents, type ListedClient } from "./releaseContents.ts";
import { rolledBack, whatIf, type WhatIf } from "./whatIf.ts";

export interface ReleaseLine {
  readonly head: HeadFacts;
  /** Signed again so many times since, without a change. */
  readonly repeats: number;
  readonly validUntil: Instant;
  /** Servers that run this release or a newer one. */
  readonly confirmed: number;
}

export interface ListedLine {
  readonly clientId: string;
  readonly status: "allow" | "deny";
  readonly reason: string | null;
  readonly redirects: number;
  readonly keys: number;
  readonly grants: readonly { resource: string; scopes: readonly string[] }[];
  readonly expiresAt: Instant | null;
  /** The client's page, when it is still in the inventory. */
  readonly clientRowId: string | null;
}

export interface ReleasesOf {
  readonly now: Instant;
  readonly audience: AudienceState;
  readonly lines: readonly ReleaseLine[];
  /** The release that is looked at. */
  readonly shown: ReleaseLine | null;
  readonly contents: readonly ListedLine[];
  readonly more: boolean;
  /** What it says otherwise than another release; null when there is none to compare with. */
  readonly comparison: ReleaseComparison | null;
  /** What rolling back to it would take away; null when it is the newest. */
  readonly rollback: RollbackPreview | null;
  readonly held: HeldList | null;
  /** Why the next release is being made, when one is. */
  readonly pending: string | null;
}

export interface ReleaseComparison {
  readonly against: HeadFacts;
  readonly lines: readonly DifferenceWords[];
  readonly more: boolean;
  /** One of the two is too old: its objects are not stored any more. */
  readonly unknown: boolean;
  /** What is refused at once since, and no more. */
  readonly denies: { readonly added: readonly HeadDeny[]; readonly dropped: readonly HeadDeny[] };
  readonly whatIf: WhatIf;
}

export interface RollbackPreview {
  /** Clients that would lose something. */
  readonly clients: number;
  readonly more: boolean;
  readonly whatIf: WhatIf;
  /** False: what that release said is not stored any more. */
  readonly possible: boolean;
}

const entriesShown = 500;
const differencesShown = 500;

/**
 * The releases of one audience, and the contents of one of them (the newest unless `rev` names another), compared with the
 * one before it unless `against` names another.
 */
export async function releasesOf(
  db: Read,
  now: Instant,
  slug: string,
  rev?: number,
  against?: number,
): Promise<ReleasesOf | undefined> {
  const audience = await find(db, "audience", { slug });
  if (!audience) return undefined;
  const [state, rows] = await Promise.all([
    audienceState(db, now, audience),
    listReleases(db, audience.id, 60),
  ]);
  const at = rev === undefined ? 0 : rows.findIndex((row) => row.first.rev === rev);
  const row = rows[at];
  const other = against === undefined ? rows[at + 1] : rows.find((each) => each.first.rev === against);
  const contents = row && (await releaseContents(db, row.first, entriesShown));
  const newest = rows[0];
  const due = await find(db, "due", { key: `publish:${audience.id}` });
  return {
    now,
    audience: state,
    lines: rows.map((each) => line(each, state)),
    shown: row ? line(row, state) : null,
    contents: contents ? await listed(db, contents.entries) : [],
    more: contents?.more ?? false,
    comparison: row && other ? await comparison(db, now, other.first, row.first) : null,
    rollback: row && newest && row !== newest ? await rollbackTo(db, now, row.first, newest.first) : null,
    held: await heldList(db, audience),
    pending: due ? visibleText(due.cause) : null,
  };
}

async function comparison(
  db: Read,
  now: Instant,
  before: Row<"head">,
  after: Row<"head">,
): Promise<ReleaseComparison> {
  const { differences, more, unknown } = await compareTrees(db, before.root, after.root, differencesShown);
  return {
    against: headFacts(before),
    lines: differences.map(entryWords),
    more,
    unknown,
    denies: { added: apart(after.deny, before.deny), dropped: apart(before.deny, after.deny) },
    whatIf: await whatIf(db, now, after.audienceId, {
      before,
      after,
      differences: unknown ? [] : await withHosts(db, differences, before, after),
    }),
  };
}

async function rollbackTo(
  db: Read,
  now: Instant,
  held: Row<"head">,
  newest: Row<"head">,
): Promise<RollbackPreview> {
  const { differences, more, unknown } = await compareTrees(db, held.root, newest.root, differencesShown);
  const lost = rolledBack(differences);
  const asked = { before: newest, after: newest, differences: lost };
  const seen = await whatIf(db, now, newest.audienceId, asked);
  return { clients: lost.length, more, whatIf: seen, possible: !unknown };
}

/** Clients of hosts that only one of the heads refuses: their entries are the same, and judged otherwise all the same. */
async function withHosts(
  db: Read,
  differences: readonly EntryDifference[],
  before: Row<"head">,
  after: Row<"head">,
): Promise<EntryDifference[]> {
  const denies = [...apart(before.deny, after.deny), ...apart(after.deny, before.deny)];
  const known = new Set(differences.map((each) => each.clientId));
  const all = [...differences];
  for (const host of new Set(denies.flatMap((deny) => deny.host ?? [])))
    for (const { clientId } of await findAll(db, "seenClient", { host }))
      if (!known.has(clientId) && all.length < differencesShown)
        all.push({
          clientId,
          before: await listedEntry(db, before.root, clientId),
          after: await listedEntry(db, after.root, clientId),
        });
  return all;
}

function apart(these: readonly HeadDeny[], those: readonly HeadDeny[]): HeadDeny[] {
  const known = new Set(those.map((each) => JSON.stringify(each)));
  return these.filter((each) => !known.has(JSON.stringify(each)));
}

function line(row: ReleaseRow, state: AudienceState): ReleaseLine {
  const { epoch, rev } = row.first;
  return {
    head: headFacts(row.first),
    repeats: row.heads - 1,
    validUntil: row.lastExpiresAt,
    confirmed: epoch === state.latest?.epoch ? state.servers.filter((it) => (it.rev ?? 0) >= rev).length : 0,
  };
}

async function listed(db: Read, entries: readonly ListedClient[]): Promise<ListedLine[]> {
  const known = await findClientRowIds(
    db,
    entries.map((each) => each.clientId),
  );
  return entries.map(({ clientId, entry }) => ({
    clientId,
    status: entry.status,
    reason: entry.reason ?? null,
    redirects: entry.redirect_uris?.length ?? 0,
    keys: entry.jkts?.length ?? 0,
    grants: entry.grants ?? [],
    expiresAt: entry.exp ? entry.exp * 1_000 : null,
    clientRowId: known.get(clientId) ?? null,
  }));
}
