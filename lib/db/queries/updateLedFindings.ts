import { and, eq, inArray, sql } from "drizzle-orm";
import type { FindingState } from "#lib/core/finding/Finding.ts";
import type { Read, Write } from "../Database.ts";
import type { NewRow } from "../rows.ts";

/**
 * Changes the findings that one about a host speaks for and that stand in one of these states. Those that are snoozed
 * until they change remember each its own snapshot.
 */
export async function updateLedFindings(
  tx: Write,
  parentId: string,
  states: readonly FindingState[],
  change: Partial<NewRow<"finding">>,
): Promise<void> {
  const { finding } = tx.t;
  const untilChange = change.state === "snoozed" && change.snoozedUntil === null;
  await tx.orm
    .update(finding)
    .set({
      ...change,
      ...(untilChange ? { snoozedSnapshotId: sql`${finding.snapshotId}` } : {}),
      revision: sql`${finding.revision} + 1`,
    })
    .where(and(eq(finding.parentId, parentId), inArray(finding.state, [...states])));
}

/** Whether a finding about a host speaks for one that stands in one of these states. */
export async function hasLedFinding(
  db: Read,
  parentId: string,
  states: readonly FindingState[],
): Promise<boolean> {
  const { finding } = db.t;
  const found = await db.orm
    .select({ id: finding.id })
    .from(finding)
    .where(and(eq(finding.parentId, parentId), inArray(finding.state, [...states])))
    .limit(1);
  return found.length > 0;
}
