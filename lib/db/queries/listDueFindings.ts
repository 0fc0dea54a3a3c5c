import { and, asc, eq, inArray, isNull, lt, lte, or } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

/** Ids of findings whose snooze or waiver has ended, at most `limit`. */
export async function listEndedRests(db: Read, now: Instant, limit: number): Promise<string[]> {
  const { finding } = db.t;
  const rows = await db.orm
    .select({ id: finding.id })
    .from(finding)
    .where(
      or(
        and(eq(finding.state, "snoozed"), lte(finding.snoozedUntil, now)),
        and(eq(finding.state, "waived"), lte(finding.waivedUntil, now)),
      ),
    )
    .orderBy(asc(finding.number))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Ids of findings that missed a deadline nobody was told of yet, at most `limit`; those that another speaks for are left out. */
export async function listNewlyOverdue(db: Read, now: Instant, limit: number): Promise<string[]> {
  const { finding } = db.t;
  const untold = (deadline: typeof finding.decideBy) =>
    and(lte(deadline, now), or(isNull(finding.overdueNotedAt), lt(finding.overdueNotedAt, deadline)));
  const rows = await db.orm
    .select({ id: finding.id })
    .from(finding)
    .where(
      and(
        isNull(finding.parentId),
        inArray(finding.state, ["open", "acknowledged"]),
        or(untold(finding.decideBy), and(eq(finding.state, "open"), untold(finding.acknowledgeBy))),
      ),
    )
    .orderBy(asc(finding.number))
    .limit(limit);
  return rows.map(({ id }) => id);
}
