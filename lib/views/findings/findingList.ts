import { visibleText } from "#lib/core/document/visibleText.ts";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { FindingProposal, FindingState } from "#lib/core/finding/Finding.ts";
import { missedDeadline } from "#lib/core/finding/serviceLevels.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { commonOwner } from "#lib/db/queries/commonOwner.ts";
import {
  countFindings,
  findFindings,
  type FindingListFilter,
  type FoundFinding,
} from "#lib/db/queries/listFindings.ts";
import { find } from "#lib/db/rows.ts";

export type { FindingListFilter } from "#lib/db/queries/listFindings.ts";

export interface ListedFinding {
  readonly number: number;
  readonly rule: string;
  readonly severity: DriftSeverity;
  readonly state: FindingState;
  readonly message: string;
  /** Null for a finding about a host. */
  readonly client: { readonly id: string; readonly clientId: string; readonly name: string } | null;
  readonly host: string;
  /** The team that owns what it is about, when it is one team. */
  readonly ownerTeam: { readonly id: string; readonly name: string } | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly acknowledgeBy: Instant | null;
  readonly decideBy: Instant | null;
  readonly overdue: boolean;
  readonly regressions: number;
  /** How many clients it speaks for. */
  readonly members: number;
  /** What waits for a second person. */
  readonly proposal: FindingProposal["kind"] | null;
  readonly snoozedUntil: Instant | null;
  readonly waivedUntil: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly revision: number;
}

/** One page of the findings that match, the gravest and then the oldest first, and how many match. */
export async function listFindings(
  db: Read,
  now: Instant,
  filter: FindingListFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ findings: ListedFinding[]; matching: number }> {
  const [found, matching] = await Promise.all([
    findFindings(db, filter, now, page),
    countFindings(db, filter, now),
  ]);
  return { findings: await Promise.all(found.map((each) => listed(db, now, each))), matching };
}

/** A found row as lists and records show it. */
export async function listed(
  db: Read,
  now: Instant,
  { finding, client, team, assignee }: FoundFinding,
): Promise<ListedFinding> {
  return {
    number: finding.number,
    rule: finding.rule,
    severity: finding.severity,
    state: finding.state,
    message: visibleText(finding.message, 1_000),
    client: client && { ...client, name: visibleText(client.name, 80) },
    host: finding.host,
    ownerTeam: client ? team : await teamOfHost(db, finding.id),
    assignee,
    firstSeenAt: finding.firstSeenAt,
    lastSeenAt: finding.lastSeenAt,
    acknowledgeBy: finding.acknowledgeBy,
    decideBy: finding.decideBy,
    overdue: missedDeadline(finding, now) !== null,
    regressions: finding.regressions,
    members: finding.members,
    proposal: finding.proposal?.kind ?? null,
    snoozedUntil: finding.snoozedUntil,
    waivedUntil: finding.waivedUntil,
    resolvedAt: finding.resolvedAt,
    revision: finding.revision,
  };
}

async function teamOfHost(db: Read, findingId: string): Promise<{ id: string; name: string } | null> {
  const teamId = await commonOwner(db, findingId);
  const team = teamId === null ? undefined : await find(db, "team", { id: teamId });
  return team ? { id: team.id, name: team.name } : null;
}
