import { and, asc, count, eq, inArray, isNull } from "drizzle-orm";
import { driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { FindingState } from "#lib/core/finding/Finding.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { ranked } from "./sqlWords.ts";

export interface RuleFinding {
  readonly number: number;
  readonly severity: DriftSeverity;
  readonly state: FindingState;
  readonly message: string;
  readonly host: string;
  readonly firstSeenAt: Instant;
  /** Absent for a finding about a host. */
  readonly clientName: string | null;
}

/** Findings of one rule that are not settled, the most serious first, at most `limit`, and how many there are. */
export async function listRuleFindings(
  db: Read,
  rule: string,
  limit: number,
): Promise<{ findings: RuleFinding[]; total: number }> {
  const { finding, client } = db.t;
  const standing = and(
    inArray(finding.state, ["open", "acknowledged", "snoozed"]),
    eq(finding.rule, rule),
    isNull(finding.parentId),
  );
  const findings = await db.orm
    .select({
      number: finding.number,
      severity: finding.severity,
      state: finding.state,
      message: finding.message,
      host: finding.host,
      firstSeenAt: finding.firstSeenAt,
      clientName: client.name,
    })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .where(standing)
    .orderBy(ranked(finding.severity, driftSeverities), asc(finding.number))
    .limit(limit);
  const [row] = await db.orm.select({ n: count() }).from(finding).where(standing);
  return { findings, total: Number(row?.n ?? 0) };
}
