import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import {
  ageBands,
  findingTotals,
  hostFindingTeams,
  type FindingTotal,
  type HostFindingTeam,
} from "#lib/db/queries/findingTotals.ts";
import { findAll } from "#lib/db/rows.ts";

/** What waits for one team or person. */
export interface FindingLoad {
  /** Name of the team or person; null for nobody. */
  readonly name: string | null;
  readonly waiting: number;
  readonly critical: number;
  readonly overdue: number;
}

export interface FindingOverview {
  readonly waiting: number;
  readonly critical: number;
  readonly overdue: number;
  readonly proposed: number;
  /** Severity × age; rows without a finding are there with zeros for the four that are triaged. */
  readonly matrix: readonly { readonly severity: DriftSeverity; readonly counts: readonly number[] }[];
  readonly bands: readonly { readonly from: number; readonly to: number | undefined }[];
  readonly teams: readonly FindingLoad[];
  readonly people: readonly FindingLoad[];
}

/** What is open, how serious and how old, and who it waits for. A finding about a host counts for every team it concerns. */
export async function findingOverview(db: Read, now: Instant): Promise<FindingOverview> {
  const [all, hosts, teams, people] = await Promise.all([
    findingTotals(db, now),
    hostFindingTeams(db, now),
    findAll(db, "team"),
    findAll(db, "person"),
  ]);
  const totals = all.filter((total) => total.state !== "snoozed");
  const severities = driftSeverities.filter(
    (severity) => severity !== "info" || totals.some((total) => total.severity === "info"),
  );
  const owned = teams.map((team) =>
    loadOf(
      team.name,
      totals.filter((total) => total.ownerTeamId === team.id),
      hosts.filter((host) => host.ownerTeamId === team.id),
    ),
  );
  const assigned = people.map((person) =>
    loadOf(
      person.name,
      totals.filter((total) => total.assigneeId === person.id),
    ),
  );
  const ownerless = loadOf(
    null,
    totals.filter((total) => total.ownerTeamId === null && total.ofClient),
  );
  const unassigned = loadOf(
    null,
    totals.filter((total) => total.assigneeId === null),
  );
  return {
    ...totalOf(totals),
    proposed: sum(all.filter((total) => total.proposed)),
    matrix: severities.map((severity) => ({
      severity,
      counts: ageBands.map((_, band) =>
        sum(totals.filter((total) => total.severity === severity && total.band === band)),
      ),
    })),
    bands: ageBands,
    teams: [...owned, ownerless].filter(hasSome).sort(busiestFirst),
    people: [...assigned, unassigned].filter(hasSome).sort(busiestFirst),
  };
}

function loadOf(
  name: string | null,
  totals: readonly FindingTotal[],
  hosts: readonly HostFindingTeam[] = [],
): FindingLoad {
  const own = totalOf(totals);
  return {
    name,
    waiting: own.waiting + hosts.length,
    critical: own.critical + hosts.filter((host) => host.severity === "critical").length,
    overdue: own.overdue + hosts.filter((host) => host.overdue).length,
  };
}

function totalOf(totals: readonly FindingTotal[]) {
  return {
    waiting: sum(totals),
    critical: sum(totals.filter((total) => total.severity === "critical")),
    overdue: sum(totals.filter((total) => total.overdue)),
  };
}

function sum(totals: readonly FindingTotal[]): number {
  return totals.reduce((n, total) => n + total.findings, 0);
}

const hasSome = (load: FindingLoad) => load.waiting > 0;

function busiestFirst(a: FindingLoad, b: FindingLoad): number {
  return (
    b.overdue - a.overdue ||
    b.critical - a.critical ||
    b.waiting - a.waiting ||
    (a.name ?? "").localeCompare(b.name ?? "", "en")
  );
}
