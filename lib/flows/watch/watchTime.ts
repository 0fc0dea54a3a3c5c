import { putAside } from "#lib/core/finding/asOpened.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { isGraver, severityRank } from "#lib/core/finding/severityRank.ts";
import { day } from "#lib/core/Instant.ts";
import { isTrusted } from "#lib/core/watch/time/isTrusted.ts";
import { keyAge } from "#lib/core/watch/time/keyAge.ts";
import { timeCauses } from "#lib/core/watch/time/timeCauses.ts";
import { timeRules } from "#lib/core/watch/time/timeRules.ts";
import { lifecycles } from "#lib/core/client.ts";
import type { Context } from "#lib/context.ts";
import { listTimeConcerns } from "#lib/db/queries/listTimeConcerns.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { readTimeSubjects, type TimedClient } from "./readTimeSubjects.ts";

/** Clients that are read at once, and findings that are written within one beat. */
const chunk = 200;
const most = 2_000;

/**
 * Keeps the findings about keys, copies and approvals that grow old in step with the day, and says of how many clients
 * they moved. Clients of whom nothing moved cost a few reads and no write.
 */
export async function watchTime(ctx: Context): Promise<number> {
  const now = ctx.clock();
  const ids = await listTimeConcerns(ctx.db, {
    now,
    keysBefore: now - keyAge.overdue,
    until: now + 3 * day,
    lifecycles: lifecycles.filter(isTrusted),
    rules: timeRules.map(({ id }) => id),
  });
  let moved = 0;
  for (let from = 0; from < ids.length && moved < most; from += chunk)
    for (const timed of await readTimeSubjects(ctx.db, ids.slice(from, from + chunk), now)) {
      const causes = timeCauses(timed.subject).filter(isFinding);
      const missed = missedNow(timed, now);
      if (missed.length === 0 && !hasMoved(timed, causes)) continue;
      await ctx.db.transaction(async (tx) => {
        const client = await find(tx, "client", { id: timed.client.id });
        if (!client) return;
        for (const { id } of missed) await update(tx, "announcement", { id }, { missedAt: now });
        await keepFindings(ctx, tx, client, "time", causes);
      });
      moved++;
    }
  return moved;
}

/** Low and info are told on the screens; they wait for nobody. */
function isFinding({ severity }: Cause): boolean {
  return severityRank(severity) <= severityRank("medium");
}

function missedNow({ announcements }: TimedClient, now: number): Row<"announcement">[] {
  return announcements.filter(
    (each) =>
      each.matchedAt === null && each.withdrawnAt === null && each.missedAt === null && each.expectedBy < now,
  );
}

function hasMoved({ client, findings }: TimedClient, causes: readonly Cause[]): boolean {
  const name = ({ rule, value }: { rule: string; value: string | null }) => `${rule} ${value ?? ""}`;
  const standing = new Map(findings.map((finding) => [name(finding), finding]));
  const named = new Set(causes.map(name));
  return (
    findings.some((finding) => !named.has(name(finding))) ||
    causes.some((cause) => {
      const finding = standing.get(name(cause));
      if (!finding || finding.message !== cause.message || finding.clearedTimes > 0) return true;
      if (!putAside.has(finding.state)) return finding.severity !== cause.severity;
      const snoozed = finding.state === "snoozed" ? finding.snoozedSnapshotId : null;
      return (
        isGraver(cause.severity, finding.severity) || (snoozed !== null && snoozed !== client.liveSnapshotId)
      );
    })
  );
}
