import { and, eq, or } from "drizzle-orm";
import type { CheckResult } from "#lib/core/check/Check.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Read } from "../Database.ts";

export interface CurrentSnapshot {
  readonly id: string;
  readonly rawDigest: string;
  readonly metadata: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
  readonly results: readonly CheckResult[];
}

/** Every client's approved and live snapshot by id, without their texts; what was once and is no more stays out. */
export async function listCurrentSnapshots(db: Read): Promise<Map<string, CurrentSnapshot>> {
  const { client, snapshot } = db.t;
  const rows = await db.orm
    .select({
      id: snapshot.id,
      rawDigest: snapshot.rawDigest,
      metadata: snapshot.metadata,
      keys: snapshot.keys,
      results: snapshot.results,
    })
    .from(snapshot)
    .innerJoin(
      client,
      and(
        eq(client.id, snapshot.clientRowId),
        or(eq(client.approvedSnapshotId, snapshot.id), eq(client.liveSnapshotId, snapshot.id)),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}
