import { desc, eq } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

export interface SnapshotLine {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly errors: number;
  readonly warnings: number;
  readonly firstSeenAt: Instant;
  /** Uploaded and vouched for by people instead of fetched. */
  readonly attested: boolean | null;
}

/** The snapshots of a client, newest first, without their texts. */
export async function listClientSnapshots(
  db: Read,
  clientRowId: string,
  limit = 100,
): Promise<SnapshotLine[]> {
  const { snapshot } = db.t;
  return db.orm
    .select({
      id: snapshot.id,
      number: snapshot.number,
      digest: snapshot.digest,
      errors: snapshot.errors,
      warnings: snapshot.warnings,
      firstSeenAt: snapshot.firstSeenAt,
      attested: snapshot.attested,
    })
    .from(snapshot)
    .where(eq(snapshot.clientRowId, clientRowId))
    .orderBy(desc(snapshot.number))
    .limit(limit);
}
