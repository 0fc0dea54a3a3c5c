import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listReleases, type ReleaseRow } from "#lib/db/queries/listReleases.ts";
import { findClientRowIds } from "#lib/db/queries/countUses.ts";
import { find } from "#lib/db/rows.ts";
import { audienceState, headFacts, type AudienceState, type HeadFacts } from "./audienceStates.ts";
import { releaseContents, type ListedClient } from "./releaseContents.ts";

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
  /** What it changed against the one before; null when that one is not known. */
  readonly changes: readonly { readonly clientId: string; readonly words: string }[] | null;
}

const entriesShown = 500;

/** The releases of one audience, and the contents of one of them (the newest unless `rev` names another). */
export async function releasesOf(
  db: Read,
  now: Instant,
  slug: string,
  rev?: number,
): Promise<ReleasesOf | undefined> {
  const audience = await find(db, "audience", { slug });
  if (!audience) return undefined;
  const [state, rows] = await Promise.all([
    audienceState(db, now, audience),
    listReleases(db, audience.id, 60),
  ]);
  const at = rev === undefined ? 0 : rows.findIndex((row) => row.first.rev === rev);
  const row = rows[at];
  const before = rows[at + 1];
  const contents = row && (await releaseContents(db, row.first, entriesShown));
  const old = before && (await releaseContents(db, before.first, entriesShown));
  return {
    now,
    audience: state,
    lines: rows.map((each) => line(each, state)),
    shown: row ? line(row, state) : null,
    contents: contents ? await listed(db, contents.entries) : [],
    more: contents?.more ?? false,
    changes:
      contents && !contents.more && !old?.more ? difference(old?.entries ?? [], contents.entries) : null,
  };
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

function difference(
  before: readonly ListedClient[],
  after: readonly ListedClient[],
): { clientId: string; words: string }[] {
  const old = new Map(before.map(({ clientId, entry }) => [clientId, entry]));
  const fresh = new Map(after.map(({ clientId, entry }) => [clientId, entry]));
  const changes: { clientId: string; words: string }[] = [];
  for (const [clientId, entry] of fresh) {
    const was = old.get(clientId);
    if (!was)
      changes.push({ clientId, words: entry.status === "allow" ? "is allowed now" : "is refused now" });
    else if (JSON.stringify(was) !== JSON.stringify(entry))
      changes.push({ clientId, words: changed(was, entry) });
  }
  for (const clientId of old.keys())
    if (!fresh.has(clientId)) changes.push({ clientId, words: "left the list" });
  return changes;
}

function changed(was: AllowlistEntry, is: AllowlistEntry): string {
  if (was.status !== is.status)
    return is.status === "allow" ? "is allowed again" : `is refused now${is.reason ? ` (${is.reason})` : ""}`;
  const parts = [
    ["redirect_uris", "its redirect URIs"],
    ["jkts", "its keys"],
    ["grants", "its access"],
    ["exp", "its end date"],
    ["token_endpoint_auth_method", "its authentication method"],
  ] as const;
  const named = parts
    .filter(([key]) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map(([, words]) => words);
  return named.length > 0 ? `changed ${named.join(", ")}` : "changed in detail";
}
