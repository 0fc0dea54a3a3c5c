import { and, eq, inArray } from "drizzle-orm";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Read } from "../Database.ts";

/** How serious what grew is, for every client whose document is held: one line for each severity that stands. */
export async function listGrowth(
  db: Read,
): Promise<{ clientRowId: string | null; severity: DriftSeverity }[]> {
  const { client, finding } = db.t;
  return db.orm
    .selectDistinct({ clientRowId: finding.clientRowId, severity: finding.severity })
    .from(client)
    .innerJoin(finding, eq(finding.clientRowId, client.id))
    .where(
      and(
        eq(client.sync, "held"),
        eq(finding.effect, "growth"),
        inArray(finding.state, ["open", "acknowledged", "snoozed"]),
      ),
    );
}
