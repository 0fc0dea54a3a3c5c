import { and, asc, count, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { FindingState } from "#lib/core/finding/Finding.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";
import { overdueAt } from "./findingConditions.ts";
import { ranked } from "./sqlWords.ts";

/** What a list of findings is narrowed to; what is absent does not narrow. */
export interface FindingListFilter {
  readonly states?: readonly FindingState[];
  readonly severities?: readonly DriftSeverity[];
  readonly rule?: string;
  /** Row id or client_id. With it, findings that one about the host speaks for are listed too. */
  readonly client?: string;
  readonly host?: string;
  /** Id of the owner team; of a finding about a host, of any of its clients. */
  readonly teamId?: string;
  readonly overdue?: boolean;
  /** Id of a person; null for nobody. */
  readonly assigneeId?: string | null;
}

export interface FoundFinding {
  readonly finding: Row<"finding">;
  readonly client: { readonly id: string; readonly clientId: string; readonly name: string } | null;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
}

/** Findings that match, the gravest and then the oldest first, from `offset` on, at most `limit`. */
export async function findFindings(
  db: Read,
  filter: FindingListFilter,
  now: Instant,
  page: { readonly offset: number; readonly limit: number },
): Promise<FoundFinding[]> {
  const { finding } = db.t;
  return joined(db)
    .where(conditions(db, filter, now))
    .orderBy(asc(ranked(finding.severity, driftSeverities)), asc(finding.number))
    .limit(page.limit)
    .offset(page.offset);
}

/** The finding with this number. */
export async function findFinding(db: Read, number: number): Promise<FoundFinding | undefined> {
  const [found] = await joined(db).where(eq(db.t.finding.number, number)).limit(1);
  return found;
}

export async function countFindings(db: Read, filter: FindingListFilter, now: Instant): Promise<number> {
  const { finding, client } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .where(conditions(db, filter, now));
  return Number(row?.n ?? 0);
}

/** The findings that one about a host speaks for, by number, at most `limit`. */
export async function findLedFindings(db: Read, parentId: string, limit: number): Promise<FoundFinding[]> {
  return joined(db).where(eq(db.t.finding.parentId, parentId)).orderBy(asc(db.t.finding.number)).limit(limit);
}

function joined(db: Read) {
  const { finding, client, team, person } = db.t;
  return db.orm
    .select({
      finding,
      client: { id: client.id, clientId: client.clientId, name: client.name },
      team: { id: team.id, name: team.name },
      assignee: { id: person.id, name: person.name },
    })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .leftJoin(person, eq(person.id, finding.assigneeId));
}

function conditions(db: Read, filter: FindingListFilter, now: Instant): SQL | undefined {
  const { finding, client } = db.t;
  const { states, severities, rule, host, teamId, assigneeId } = filter;
  return and(
    filter.client === undefined
      ? isNull(finding.parentId)
      : or(eq(client.id, filter.client), eq(client.clientId, filter.client)),
    states && inArray(finding.state, [...states]),
    severities && inArray(finding.severity, [...severities]),
    rule === undefined ? undefined : eq(finding.rule, rule),
    host === undefined ? undefined : eq(finding.host, host),
    teamId === undefined ? undefined : ownedBy(db, teamId),
    filter.overdue ? overdueAt(db, now) : undefined,
    assigneeId === undefined
      ? undefined
      : assigneeId === null
        ? isNull(finding.assigneeId)
        : eq(finding.assigneeId, assigneeId),
  );
}

function ownedBy(db: Read, teamId: string): SQL | undefined {
  const { finding, client } = db.t;
  const member = alias(finding, "member");
  const owned = alias(client, "owned");
  const led = db.orm
    .select({ id: member.parentId })
    .from(member)
    .innerJoin(owned, eq(owned.id, member.clientRowId))
    .where(eq(owned.ownerTeamId, teamId));
  return or(eq(client.ownerTeamId, teamId), and(isNull(finding.clientRowId), inArray(finding.id, led)));
}
