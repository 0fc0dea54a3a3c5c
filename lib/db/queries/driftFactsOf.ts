import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
import { sameValue } from "#lib/core/drift/sameValue.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { findAll, type Row } from "../rows.ts";
import { listApprovedNames } from "./listApprovedNames.ts";
import { listKeysElsewhere } from "./listKeysElsewhere.ts";

/** What the inventory knows beside the two snapshots of a client that are compared: the rest of what drift rules ask for. */
export async function driftFactsOf(
  db: Read,
  now: Instant,
  client: Row<"client">,
  approved: Pick<Row<"snapshot">, "metadata" | "keys">,
  live: Pick<Row<"snapshot">, "metadata" | "keys">,
): Promise<DriftFacts> {
  const rows = await findAll(db, "clientKey", { clientRowId: client.id });
  const announcements = await findAll(db, "announcement", { clientRowId: client.id, withdrawnAt: null });
  const grants = await findAll(db, "grant", { clientRowId: client.id });
  const jkts = (keys: Row<"snapshot">["keys"]) => keys.flatMap(({ jkt }) => jkt ?? []);
  const known = new Set(jkts(approved.keys));
  const windows = rows.flatMap(({ jkt, wantedOverlap }) => (known.has(jkt) ? (wantedOverlap ?? []) : []));
  const leftOut = client.approvedExcept?.some(({ member }) => namesPeople(member)) ?? false;
  const renamed = leftOut || !sameValue(namesIn(live), namesIn(approved));
  return {
    profile: client.profile,
    now,
    timeline: rows.map(({ jkt, firstSeenAt, lastSeenAt, removedAt }) => ({
      jkt,
      firstSeen: firstSeenAt,
      lastSeen: removedAt === null ? now : lastSeenAt,
    })),
    overlap: windows.length > 0 ? Math.max(...windows) : undefined,
    announced: announcements.map(({ jkt }) => jkt),
    earlierThumbprints: rows
      .filter(({ removedAt, returnedAt }) => removedAt !== null || returnedAt !== null)
      .map(({ jkt }) => jkt),
    keysElsewhere: await listKeysElsewhere(db, client.id, jkts(live.keys)),
    approvedScopes: [...new Set(grants.flatMap(({ scopes }) => scopes))],
    approvedNames: renamed ? await listApprovedNames(db, client.id) : undefined,
  };
}

/** What may say another name: the name itself, its translations, and a statement that servers may believe instead. */
function namesIn({ metadata: { client_name, other } }: Pick<Row<"snapshot">, "metadata">) {
  return {
    client_name,
    ...Object.fromEntries(Object.entries(other).filter(([member]) => namesPeople(member))),
  };
}

function namesPeople(member: string): boolean {
  return member === "client_name" || member.startsWith("client_name#") || member === "software_statement";
}
