import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { findingStates } from "#lib/core/finding/Finding.ts";
import type { FindingFilter } from "#lib/core/findingFilter/FindingFilter.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";
import { findingConditions, overdueAt, ownedBy, sinceOf, type Asker } from "./findingConditions.ts";
import { ranked } from "./sqlWords.ts";

export const findingSorts = ["severity", "due", "age", "owner", "assignee", "host"] as const;
export type FindingSort = (typeof findingSorts)[number];

export interface FindingOrder {
  readonly by: FindingSort;
  readonly descending: boolean;
}

export interface ListedFinding {
  readonly finding: Row<"finding">;
  readonly client: { readonly id: string; readonly clientId: string; readonly name: string } | null;
  readonly owner: string | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
}

export interface FindingsAsk {
  readonly filter: FindingFilter;
  readonly order: FindingOrder;
  readonly asker: Asker;
  readonly now: Instant;
}

/** Findings that match, in order, from `offset` on, at most `limit`. */
export async function pageOfFindings(
  db: Read,
  { filter, order, asker, now }: FindingsAsk,
  page: { offset: number; limit: number },
): Promise<ListedFinding[]> {
  return joined(db)
    .where(findingConditions(db, filter, asker, now))
    .orderBy(...orderBy(db, order))
    .limit(page.limit)
    .offset(page.offset);
}

/** The numbers of findings that match, in order, at most `limit`. */
export async function numbersOfFindings(
  db: Read,
  { filter, order, asker, now }: FindingsAsk,
  limit: number,
): Promise<number[]> {
  const { finding, client, team, person } = db.t;
  const rows = await db.orm
    .select({ number: finding.number })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .leftJoin(person, eq(person.id, finding.assigneeId))
    .where(findingConditions(db, filter, asker, now))
    .orderBy(...orderBy(db, order))
    .limit(limit);
  return rows.map((row) => row.number);
}

export async function countMatchingFindings(
  db: Read,
  { filter, asker, now }: Pick<FindingsAsk, "filter" | "asker" | "now">,
): Promise<number> {
  const { finding, client, team, person } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .leftJoin(person, eq(person.id, finding.assigneeId))
    .where(findingConditions(db, filter, asker, now));
  return Number(row?.n ?? 0);
}

/** One finding as a list shows it. */
export async function listedFinding(db: Read, number: number): Promise<ListedFinding | undefined> {
  const [row] = await joined(db).where(eq(db.t.finding.number, number)).limit(1);
  return row;
}

/** Findings of a client, those that another one speaks for included, by state, then the most serious first. */
export async function findingsOfClient(
  db: Read,
  clientRowId: string,
  limit: number,
): Promise<ListedFinding[]> {
  return joined(db)
    .where(eq(db.t.finding.clientRowId, clientRowId))
    .orderBy(ranked(db.t.finding.state, findingStates), ...orderBy(db, { by: "severity", descending: false }))
    .limit(limit);
}

/** The findings that another one speaks for, at most `limit`. */
export async function membersOfFinding(db: Read, id: string, limit: number): Promise<ListedFinding[]> {
  return joined(db).where(eq(db.t.finding.parentId, id)).orderBy(asc(db.t.client.clientId)).limit(limit);
}

/** Critical or overdue ones that somebody or their team answers for, and what waits for a second person, if they may be it. */
export async function urgentFindings(
  db: Read,
  ask: { asker: Asker; seconds: boolean; now: Instant; limit: number },
): Promise<ListedFinding[]> {
  const { finding } = db.t;
  const order = orderBy(db, { by: "severity", descending: false });
  const theirs = or(ownedBy(db, "mine", ask.asker), eq(finding.assigneeId, ask.asker.id));
  const urgent = or(eq(finding.severity, "critical"), overdueAt(db, ask.now));
  return joined(db)
    .where(
      and(
        isNull(finding.parentId),
        or(
          and(inArray(finding.state, ["open", "acknowledged"]), urgent, theirs),
          ask.seconds
            ? and(inArray(finding.state, ["open", "acknowledged", "snoozed"]), isNotNull(finding.proposal))
            : undefined,
        ),
      ),
    )
    .orderBy(...order)
    .limit(ask.limit);
}

/** The owner teams of the clients that findings about hosts speak for: names by finding; null for clients without one. */
export async function ownersOfMembers(
  db: Read,
  parentIds: readonly string[],
): Promise<Map<string, (string | null)[]>> {
  if (parentIds.length === 0) return new Map();
  const { finding, client, team } = db.t;
  const rows = await db.orm
    .selectDistinct({ parentId: finding.parentId, owner: team.name })
    .from(finding)
    .innerJoin(client, eq(client.id, finding.clientRowId))
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .where(inArray(finding.parentId, [...parentIds]));
  const owners = new Map<string, (string | null)[]>();
  for (const { parentId, owner } of rows)
    if (parentId !== null) owners.set(parentId, [...(owners.get(parentId) ?? []), owner]);
  return owners;
}

function joined(db: Read) {
  const { finding, client, team, person } = db.t;
  return db.orm
    .select({
      finding,
      client: { id: client.id, clientId: client.clientId, name: client.name },
      owner: team.name,
      assignee: { id: person.id, name: person.name },
    })
    .from(finding)
    .leftJoin(client, eq(client.id, finding.clientRowId))
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .leftJoin(person, eq(person.id, finding.assigneeId));
}

function orderBy(db: Read, { by, descending }: FindingOrder): SQL[] {
  const { finding, team, person } = db.t;
  const direction = descending ? desc : asc;
  const severity = ranked(finding.severity, driftSeverities);
  const due = sql`case ${finding.state}
    when 'open' then coalesce(${finding.acknowledgeBy}, ${finding.decideBy})
    when 'acknowledged' then ${finding.decideBy}
    when 'snoozed' then ${finding.snoozedUntil}
    when 'waived' then ${finding.waivedUntil} end`;
  const last = (value: SQL) => sql`case when ${value} is null then 1 else 0 end`;
  const keys: Record<FindingSort, SQL[]> = {
    severity: [direction(severity), asc(last(due)), asc(due)],
    due: [asc(last(due)), direction(due)],
    age: [direction(sinceOf(db))],
    owner: [asc(sql`case when ${team.name} is null then 1 else 0 end`), direction(sql`lower(${team.name})`)],
    assignee: [
      asc(sql`case when ${person.name} is null then 1 else 0 end`),
      direction(sql`lower(${person.name})`),
    ],
    host: [direction(finding.host)],
  };
  return [...keys[by], ...(by === "severity" ? [] : [asc(severity)]), asc(finding.number)];
}
