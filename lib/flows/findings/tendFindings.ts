import { systemActor } from "#lib/core/Actor.ts";
import { asOpened } from "#lib/core/finding/asOpened.ts";
import { missedDeadline } from "#lib/core/finding/serviceLevels.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listEndedRests, listNewlyOverdue } from "#lib/db/queries/listDueFindings.ts";
import { updateLedFindings } from "#lib/db/queries/updateLedFindings.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import { noteFinding } from "./noteFinding.ts";

const most = 500;

/**
 * What time does to findings: wakes those whose snooze ends, opens those whose waiver ends, and tells once per deadline
 * of those that missed it. Says how many it touched; any number of workers may do it at once.
 */
export async function tendFindings(ctx: Context): Promise<number> {
  let touched = 0;
  for (const id of await listEndedRests(ctx.db, ctx.clock(), most))
    if (await ctx.db.transaction((tx) => wake(ctx, tx, id))) touched++;
  for (const id of await listNewlyOverdue(ctx.db, ctx.clock(), most))
    if (await ctx.db.transaction((tx) => tellOverdue(ctx, tx, id))) touched++;
  return touched;
}

async function wake(ctx: Context, tx: Write, id: string): Promise<boolean> {
  const now = ctx.clock();
  const finding = await find(tx, "finding", { id });
  if (!finding) return false;
  const { state } = finding;
  const until = state === "snoozed" ? finding.snoozedUntil : state === "waived" ? finding.waivedUntil : null;
  if (until === null || until > now) return false;
  const change = asOpened(finding.severity, now);
  await update(tx, "finding", { id }, { ...change, revision: finding.revision + 1 });
  if (finding.clientRowId === null) await updateLedFindings(tx, id, [state], change);
  const opened: Row<"finding"> = { ...finding, ...change };
  const why = state === "snoozed" ? "Its snooze ended." : "Its waiver ended.";
  await noteFinding(ctx, tx, systemActor, "reopened", opened, { why });
  return true;
}

async function tellOverdue(ctx: Context, tx: Write, id: string): Promise<boolean> {
  const now = ctx.clock();
  const finding = await find(tx, "finding", { id });
  const deadline = finding && missedDeadline(finding, now);
  if (!deadline || (finding.overdueNotedAt !== null && finding.overdueNotedAt >= deadline)) return false;
  await update(tx, "finding", { id }, { overdueNotedAt: now });
  const missed = deadline === finding.decideBy ? "decide" : "acknowledge";
  await noteFinding(ctx, tx, systemActor, "overdue", finding, { missed, deadline });
  return true;
}
