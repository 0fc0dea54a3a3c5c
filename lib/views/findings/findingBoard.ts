import type { PersonActor } from "#lib/core/Actor.ts";
import {
  emptyFindingFilter,
  type FindingFilter,
  type StateWord,
} from "#lib/core/findingFilter/FindingFilter.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { findingTotals, type FindingTotal } from "#lib/db/queries/findingTotals.ts";
import { countMatchingFindings, pageOfFindings, type FindingOrder } from "#lib/db/queries/pageOfFindings.ts";
import { findingLines, type FindingLine } from "./findingLine.ts";

export { findingSorts, type FindingOrder, type FindingSort } from "#lib/db/queries/pageOfFindings.ts";

export interface FindingCounts {
  /** Nobody has decided them: open and acknowledged. */
  readonly waiting: number;
  readonly critical: number;
  readonly overdue: number;
  readonly mine: number;
  readonly ofMyTeams: number;
  readonly unassigned: number;
  readonly snoozed: number;
  readonly proposed: number;
}

export interface FindingPage {
  readonly now: Instant;
  readonly lines: readonly FindingLine[];
  /** How many match the filter. */
  readonly matching: number;
  readonly counts: FindingCounts;
}

export type ColumnKey = "open" | "acknowledged" | "snoozed" | "proposed";

export interface BoardColumn {
  readonly key: ColumnKey;
  readonly lines: readonly FindingLine[];
  readonly matching: number;
}

interface Ask {
  readonly filter: FindingFilter;
  readonly order: FindingOrder;
}

/** One page of the findings that match, and the counts of the ready-made filters. */
export async function findingPage(
  db: Read,
  now: Instant,
  person: PersonActor,
  ask: Ask & { offset: number; limit: number },
): Promise<FindingPage> {
  const asked = { filter: ask.filter, order: ask.order, asker: person, now };
  const [rows, matching, counts] = await Promise.all([
    pageOfFindings(db, asked, ask),
    countMatchingFindings(db, asked),
    countsFor(db, now, person),
  ]);
  return { now, lines: await findingLines(db, rows, now), matching, counts };
}

/** What is not settled, in columns by where it stands, at most `limit` cards each; words about states do not count. */
export async function findingBoard(
  db: Read,
  now: Instant,
  person: PersonActor,
  ask: Ask & { limit: number },
): Promise<{ now: Instant; columns: readonly BoardColumn[]; counts: FindingCounts }> {
  const column = async (key: ColumnKey): Promise<BoardColumn> => {
    const state: readonly StateWord[] = key === "proposed" ? ["open", "acknowledged", "snoozed"] : [key];
    const filter: FindingFilter = {
      ...ask.filter,
      state,
      is: key === "proposed" ? [...ask.filter.is, "proposed"] : ask.filter.is,
      undecided: key !== "proposed",
    };
    const asked = { filter, order: ask.order, asker: person, now };
    const [rows, matching] = await Promise.all([
      pageOfFindings(db, asked, { offset: 0, limit: ask.limit }),
      countMatchingFindings(db, asked),
    ]);
    return { key, lines: await findingLines(db, rows, now), matching };
  };
  const [counts, ...columns] = await Promise.all([
    countsFor(db, now, person),
    column("open"),
    column("acknowledged"),
    column("snoozed"),
    column("proposed"),
  ]);
  return { now, columns, counts };
}

async function countsFor(db: Read, now: Instant, person: PersonActor): Promise<FindingCounts> {
  const [totals, ofMyTeams] = await Promise.all([
    findingTotals(db, now),
    countMatchingFindings(db, { filter: { ...emptyFindingFilter, owner: ["mine"] }, asker: person, now }),
  ]);
  const sum = (wanted: (total: FindingTotal) => boolean) =>
    totals.filter(wanted).reduce((n, total) => n + total.findings, 0);
  const waits = (total: FindingTotal) => total.state !== "snoozed";
  return {
    waiting: sum(waits),
    critical: sum((total) => waits(total) && total.severity === "critical"),
    overdue: sum((total) => total.overdue),
    mine: sum((total) => waits(total) && total.assigneeId === person.id),
    ofMyTeams,
    unassigned: sum((total) => waits(total) && total.assigneeId === null),
    snoozed: sum((total) => total.state === "snoozed"),
    proposed: sum((total) => total.proposed),
  };
}
