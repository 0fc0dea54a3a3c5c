import { and, eq, gt, inArray, isNotNull, isNull, like, lte, notLike, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ConditionWord, FindingFilter } from "#lib/core/findingFilter/FindingFilter.ts";
import type { Look } from "#lib/core/finding/Finding.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { contains } from "./sqlWords.ts";

/** Who asks: what `mine` and `me` mean. */
export interface Asker {
  readonly id: string;
  readonly teamIds: readonly string[];
}

/**
 * A filter as a condition over `finding` left-joined with `client`, `team` (the client's owner) and `person` (the
 * assignee). A finding that another one speaks for is never listed.
 */
export function findingConditions(
  db: Read,
  filter: FindingFilter,
  asker: Asker,
  now: Instant,
): SQL | undefined {
  const { finding, client } = db.t;
  const oneOf = (column: Parameters<typeof inArray>[0], values: readonly string[]) =>
    values.length > 0 ? inArray(column, [...values]) : undefined;
  const states = filter.state.length > 0 ? filter.state : (["open", "acknowledged"] as const);
  const since = sinceOf(db);
  return and(
    isNull(finding.parentId),
    ...filter.text.map((text) =>
      or(
        numberIn(text) === undefined ? undefined : eq(finding.number, numberIn(text) ?? 0),
        like(sql`lower(${finding.message})`, contains(text)),
        like(finding.rule, contains(text)),
        like(finding.host, contains(text)),
        like(sql`lower(${client.name})`, contains(text)),
        like(sql`lower(${client.clientId})`, contains(text)),
      ),
    ),
    states.includes("any") ? undefined : oneOf(finding.state, states),
    oneOf(finding.severity, filter.severity),
    filter.undecided ? isNull(finding.proposal) : undefined,
    filter.look.length > 0 ? or(...filter.look.map((look) => shownBy(db, look))) : undefined,
    ...filter.is.map((word) => condition(db, word, now)),
    filter.owner.length > 0 ? or(...filter.owner.map((name) => ownedBy(db, name, asker))) : undefined,
    filter.assignee.length > 0 ? or(...filter.assignee.map((name) => assignee(db, name, asker))) : undefined,
    oneOf(finding.rule, filter.rule),
    oneOf(finding.host, filter.host),
    filter.age ? lte(since, now - filter.age.from * day) : undefined,
    filter.age?.to === undefined ? undefined : gt(since, now - filter.age.to * day),
  );
}

/** When it opened, or came back. */
export function sinceOf(db: Read): SQL<Instant> {
  const { finding } = db.t;
  return sql<Instant>`coalesce(${finding.regressedAt}, ${finding.firstSeenAt})`;
}

/** Nobody acknowledged or decided it in its time. */
export function overdueAt(db: Read, now: Instant): SQL | undefined {
  const { finding } = db.t;
  return or(
    and(eq(finding.state, "open"), lte(finding.acknowledgeBy, now)),
    and(inArray(finding.state, ["open", "acknowledged"]), lte(finding.decideBy, now)),
  );
}

function condition(db: Read, word: ConditionWord, now: Instant): SQL | undefined {
  const { finding } = db.t;
  switch (word) {
    case "overdue":
      return overdueAt(db, now);
    case "proposed":
      return isNotNull(finding.proposal);
    case "regressed":
      return gt(finding.regressions, 0);
    case "rolled_up":
      return gt(finding.members, 1);
  }
}

function shownBy(db: Read, look: Look): SQL | undefined {
  const { finding } = db.t;
  if (look !== "document") return like(finding.rule, `${look}.%`);
  return and(
    notLike(finding.rule, "reach.%"),
    notLike(finding.rule, "time.%"),
    notLike(finding.rule, "sight.%"),
  );
}

/** Owned by a team of that name; `mine`, `none` and `any` as in the filter. */
export function ownedBy(db: Read, name: string, asker: Asker): SQL | undefined {
  const { finding, client, team } = db.t;
  const word = name.toLowerCase();
  if (word === "any") return isNotNull(client.ownerTeamId);
  // A finding about a host belongs to everybody who owns one of its clients.
  const member = alias(finding, "member");
  const owned = alias(client, "owned");
  const spokenFor = (condition: SQL) =>
    inArray(
      finding.id,
      db.orm
        .select({ id: member.parentId })
        .from(member)
        .innerJoin(owned, eq(owned.id, member.clientRowId))
        .where(and(isNotNull(member.parentId), condition)),
    );
  if (word === "none") return and(isNull(client.ownerTeamId), isNotNull(finding.clientRowId));
  if (word === "mine")
    return asker.teamIds.length === 0
      ? sql`1 = 0`
      : or(
          inArray(client.ownerTeamId, [...asker.teamIds]),
          spokenFor(inArray(owned.ownerTeamId, [...asker.teamIds])),
        );
  const teams = db.orm
    .select({ id: team.id })
    .from(team)
    .where(eq(sql`lower(${team.name})`, word));
  return or(inArray(client.ownerTeamId, teams), spokenFor(inArray(owned.ownerTeamId, teams)));
}

function assignee(db: Read, name: string, asker: Asker): SQL | undefined {
  const { finding, person } = db.t;
  const word = name.toLowerCase();
  if (word === "me") return eq(finding.assigneeId, asker.id);
  if (word === "none") return isNull(finding.assigneeId);
  if (word === "any") return isNotNull(finding.assigneeId);
  return or(eq(sql`lower(${person.name})`, word), eq(sql`lower(${person.email})`, word));
}

function numberIn(text: string): number | undefined {
  const digits = /^(?:f-)?(\d{1,9})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
