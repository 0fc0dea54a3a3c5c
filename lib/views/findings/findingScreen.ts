import type { PersonActor } from "#lib/core/Actor.ts";
import type { Lifecycle, Sync } from "#lib/core/client.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { adviseFinding } from "#lib/core/explain/adviseFinding.ts";
import { valueLines, type ValueLine } from "#lib/core/explain/valueLines.ts";
import type { FindingProposal } from "#lib/core/finding/Finding.ts";
import { needsSecond, triageObstacle, type FindingAct } from "#lib/core/finding/triage.ts";
import type { FindingFilter } from "#lib/core/findingFilter/FindingFilter.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { ruleById } from "#lib/core/rules/ruleById.ts";
import type { Read } from "#lib/db/Database.ts";
import { commonOwner } from "#lib/db/queries/commonOwner.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import {
  listedFinding,
  membersOfFinding,
  numbersOfFindings,
  type FindingOrder,
} from "#lib/db/queries/pageOfFindings.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import { findingLines, type FindingLine } from "./findingLine.ts";
import { findingRecord } from "./findingRecord.ts";

type Recorded = Awaited<ReturnType<typeof findingRecord>>;

export interface FindingEvent {
  readonly seq: number;
  readonly at: Instant;
  readonly who: string;
  /** As in the journal: "finding.acknowledged". */
  readonly action: string;
  readonly note: string | null;
}

export interface FindingScreen {
  readonly now: Instant;
  readonly line: FindingLine;
  /** What was decided, as it is recorded. */
  readonly record: Pick<Recorded, "decision" | "acknowledgedAt" | "acknowledgedBy">;
  /** What waits for a second person, and who proposed it. */
  readonly proposal: (FindingProposal & { readonly byName: string | null }) | null;
  readonly rationale: string | null;
  readonly clause: string | null;
  readonly path: string;
  readonly values: readonly ValueLine[];
  readonly advice: readonly string[];
  readonly client: {
    readonly id: string;
    readonly clientId: string;
    readonly name: string;
    readonly lifecycle: Lifecycle;
    readonly sync: Sync;
    readonly expired: boolean;
  } | null;
  readonly openRequest: number | null;
  /** Number of the finding about the host that speaks for this one. */
  readonly parent: number | null;
  readonly memberLines: readonly FindingLine[];
  readonly resolvedAt: Instant | null;
  /** The acts this person may do now. */
  readonly may: readonly FindingAct[];
  /** Why this person does nothing here, or not what is proposed. */
  readonly obstacle: string | null;
  /** A dismissal or waiver takes a second person. */
  readonly twoPeople: boolean;
  readonly history: readonly FindingEvent[];
  /** Its place in the list it was opened from. */
  readonly place: {
    readonly position: number | null;
    readonly of: number;
    readonly previous: number | null;
    readonly next: number | null;
  };
}

const mostMembers = 200;
const mostNumbers = 2_000;

/** One finding with its evidence, what this person may do about it, and its neighbours in the list; undefined when there is none. */
export async function findingScreen(
  db: Read,
  now: Instant,
  person: PersonActor,
  number: number,
  list: { filter: FindingFilter; order: FindingOrder },
  solo: boolean,
): Promise<FindingScreen | undefined> {
  const row = await listedFinding(db, number);
  if (!row) return undefined;
  const { finding } = row;
  const ofHost = finding.clientRowId === null;
  const [record, client, request, members, numbers, common] = await Promise.all([
    findingRecord(db, now, number),
    finding.clientRowId ? find(db, "client", { id: finding.clientRowId }) : undefined,
    finding.clientRowId ? openRequestOf(db, finding.clientRowId) : undefined,
    ofHost ? membersOfFinding(db, finding.id, mostMembers) : [],
    numbersOfFindings(db, { ...list, asker: person, now }, mostNumbers),
    ofHost ? commonOwner(db, finding.id) : null,
  ]);
  const [line, ...memberLines] = await findingLines(db, [row, ...members], now);
  if (!line) return undefined;
  const rule = ruleById(finding.rule);
  const subject = { ...finding, ownerTeamId: client ? client.ownerTeamId : common };
  const obstacles = acts.map((act) => ({ act, obstacle: triageObstacle(act, subject, person) }));
  const may = obstacles.filter(({ obstacle }) => !obstacle).map(({ act }) => act);
  const who = (wanted: FindingAct) => {
    const found = obstacles.find(({ act }) => act === wanted)?.obstacle;
    return found?.code === "not_allowed" ? found.sentence : null;
  };
  return {
    now,
    line,
    record,
    proposal: finding.proposal && { ...finding.proposal, byName: record.proposed?.by ?? null },
    rationale: rule?.rationale ?? null,
    clause: rule?.clause ?? null,
    path: visibleText(finding.path, 200),
    values: valueLines(finding.before, finding.after),
    advice: adviseFinding({
      ...finding,
      ...(client ? { lifecycle: client.lifecycle } : {}),
      openRequest: request?.number ?? null,
    }),
    client: client ? clientOf(client, now) : null,
    openRequest: request?.number ?? null,
    parent: record.parent,
    memberLines,
    resolvedAt: finding.resolvedAt,
    may,
    obstacle: finding.proposal ? who("confirm") : may.length === 0 ? who("dismiss") : null,
    twoPeople: needsSecond("dismiss", finding.severity, solo),
    history: record.history.map(eventOf),
    place: placeOf(number, numbers),
  };
}

/** People who can be given a finding: active, and not auditors. */
export async function findingAssignees(db: Read): Promise<{ id: string; name: string }[]> {
  const people = await findAll(db, "person", { active: true });
  return people
    .filter((each) => each.role !== "auditor")
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

const acts: readonly FindingAct[] = [
  "acknowledge",
  "assign",
  "snooze",
  "dismiss",
  "waive",
  "confirm",
  "decline",
  "reopen",
];

function clientOf(client: Row<"client">, now: Instant) {
  const { id, clientId, lifecycle, sync, validUntil } = client;
  const expired = lifecycle === "approved" && validUntil !== null && validUntil <= now;
  return { id, clientId, name: visibleText(client.name, 80), lifecycle, sync, expired };
}

function eventOf({ seq, at, who, action, detail }: Recorded["history"][number]): FindingEvent {
  const assignee = detail["assignee"] as { name?: string } | null | undefined;
  const words = [
    assignee === undefined ? "" : assignee === null ? "to nobody" : `to ${assignee.name ?? "somebody"}`,
    ...["proposed", "note", "confirmation", "why"].map((name) => {
      const said = detail[name];
      return typeof said === "string" ? said : "";
    }),
  ].filter((each) => each !== "");
  return { seq, at, who, action, note: words.length > 0 ? visibleText(words.join(" · "), 500) : null };
}

function placeOf(number: number, numbers: readonly number[]): FindingScreen["place"] {
  const at = numbers.indexOf(number);
  return {
    position: at < 0 ? null : at + 1,
    of: numbers.length,
    previous: at > 0 ? (numbers[at - 1] ?? null) : null,
    // Settled, it has left the list: the next one is the first of it.
    next: at < 0 ? (numbers[0] ?? null) : (numbers[at + 1] ?? null),
  };
}
