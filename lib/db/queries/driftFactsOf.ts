import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
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
  const renamed = live.metadata.client_name !== approved.metadata.client_name;
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
