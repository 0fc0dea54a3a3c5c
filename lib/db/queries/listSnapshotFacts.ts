import { inArray } from "drizzle-orm";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

export interface SnapshotFacts {
  readonly id: string;
  readonly number: number;
  readonly metadata: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
  readonly errors: number;
  readonly warnings: number;
  readonly firstSeenAt: Instant;
}

/** What lists show of snapshots, without their texts. */
export async function listSnapshotFacts(
  db: Read,
  ids: readonly string[],
): Promise<Map<string, SnapshotFacts>> {
  const { snapshot } = db.t;
  const found = new Map<string, SnapshotFacts>();
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db.orm
      .select({
        id: snapshot.id,
        number: snapshot.number,
        metadata: snapshot.metadata,
        keys: snapshot.keys,
        errors: snapshot.errors,
        warnings: snapshot.warnings,
        firstSeenAt: snapshot.firstSeenAt,
      })
      .from(snapshot)
      .where(inArray(snapshot.id, ids.slice(at, at + 500)));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
