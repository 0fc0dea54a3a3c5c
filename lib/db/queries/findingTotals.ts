import { and, count, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { FindingState } from "#lib/core/finding/Finding.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { overdueAt, sinceOf } from "./findingConditions.ts";

/** How old, in days: at least `from`, less than `to`. */
export const ageBands = [
  { from: 0, to: 1 },
  { from: 1, to: 7 },
  { from: 7, to: 30 },
  { from: 30, to: undefined },
] as const;

export interface FindingTotal {
  readonly state: FindingState;
  readonly severity: DriftSeverity;
  readonly overdue: boolean;
  readonly proposed: boolean;
  /** Place in `ageBands`. */
  readonly band: number;
  readonly assigneeId: string | null;
  /** Absent for findings about hosts and for clients without an owner. */
  readonly ownerTeamId: string | null;
  /** About one client, not about a host. */
  readonly ofClient: boolean;
  readonly findings: number;
}

/** How many findings are not settled, by all that is counted anywhere; those that another one speaks for are left out. */
export async function findingTotals(db: Read, now: Instant): Promise<FindingTotal[]> {
  const { finding, client } = db.t;
  const since = sinceOf(db);
  const overdue = sql<number>`case when ${overdueAt(db, now)} then 1 else 0 end`.as("overdue");
  const proposed = sql<number>`case when ${finding.proposal} is null then 0 else 1 end`.as("proposed");
  const band = sql<number>`case when ${since} > ${now - day} then 0 when ${since} > ${now - 7 * day} then 1
    when ${since} > ${now - 30 * day} then 2 else 3 end`.as("band");
  const ofClient = sql<number>`case when ${finding.clientRowId} is null then 0 else 1 end`.as("of_client");
  const each = db.orm
    .select({
      state: finding.state,
      severity: finding.severity,
      assigneeId: finding.assigneeId,
      ownerTeamId: client.ownerTeamId,
      overdue,
      proposed,
      band,
      ofClient,
    })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .where(and(isNull(finding.parentId), inArray(finding.state, ["open", "acknowledged", "snoozed"])))
    .as("each");
  // A subquery names the computed members, so that no expression with values is grouped by twice.
  const members = {
    state: each.state,
    severity: each.severity,
    assigneeId: each.assigneeId,
    ownerTeamId: each.ownerTeamId,
    overdue: each.overdue,
    proposed: each.proposed,
    band: each.band,
    ofClient: each.ofClient,
  };
  const rows = await db.orm
    .select({ ...members, n: count() })
    .from(each)
    .groupBy(...Object.values(members));
  return rows.map((row) => ({
    state: row.state,
    severity: row.severity,
    overdue: Number(row.overdue) === 1,
    proposed: Number(row.proposed) === 1,
    band: Number(row.band),
    assigneeId: row.assigneeId,
    ownerTeamId: row.ownerTeamId,
    ofClient: Number(row.ofClient) === 1,
    findings: Number(row.n),
  }));
}

/** A finding about a host that waits, once for each team that owns one of its clients. */
export interface HostFindingTeam {
  readonly id: string;
  readonly ownerTeamId: string;
  readonly severity: DriftSeverity;
  readonly overdue: boolean;
}

/** Who owns the clients of the findings about hosts that are open or acknowledged. */
export async function hostFindingTeams(db: Read, now: Instant): Promise<HostFindingTeam[]> {
  const { finding, client } = db.t;
  const member = alias(finding, "member");
  const overdue = sql<number>`case when ${overdueAt(db, now)} then 1 else 0 end`.as("overdue");
  const rows = await db.orm
    .selectDistinct({
      id: finding.id,
      ownerTeamId: client.ownerTeamId,
      severity: finding.severity,
      overdue,
    })
    .from(finding)
    .innerJoin(member, eq(member.parentId, finding.id))
    .innerJoin(client, eq(client.id, member.clientRowId))
    .where(
      and(
        isNull(finding.parentId),
        gt(finding.members, 1),
        inArray(finding.state, ["open", "acknowledged"]),
        isNotNull(client.ownerTeamId),
      ),
    );
  return rows.map((row) => ({
    id: row.id,
    ownerTeamId: row.ownerTeamId ?? "",
    severity: row.severity,
    overdue: Number(row.overdue) === 1,
  }));
}

/** How many findings wait, and how many of them are critical: all that the sidebar says. */
export async function countWaitingFindings(db: Read): Promise<{ waiting: number; critical: number }> {
  const { finding } = db.t;
  const rows = await db.orm
    .select({ severity: finding.severity, n: count() })
    .from(finding)
    .where(and(isNull(finding.parentId), inArray(finding.state, ["open", "acknowledged"])))
    .groupBy(finding.severity);
  const sum = (all: typeof rows) => all.reduce((n, row) => n + Number(row.n), 0);
  return { waiting: sum(rows), critical: sum(rows.filter((row) => row.severity === "critical")) };
}
