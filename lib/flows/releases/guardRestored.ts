import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { pullsAhead, reportsAhead } from "#lib/db/queries/reportsAhead.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { setCondition } from "#lib/flows/setCondition.ts";

/** A seq that is further ahead than this was never ours: nobody gets us to skip most of the numbers there are. */
const believable = 1_000_000;

/** The newest head that servers have and this database does not. */
export interface Ahead {
  readonly seq: number;
  readonly rev: number;
  readonly servers: readonly string[];
}

export const restoredKey = (audience: Row<"audience">) => `restored:${audience.slug}`;

/**
 * What servers have seen beyond the newest head that is known here, in the epoch that would be signed next. A reported
 * digest that is one of ours says nothing new; a number that cannot be believed is left out.
 */
export async function seenAhead(
  db: Read,
  audience: Row<"audience">,
  last: Pick<Row<"head">, "seq" | "rev"> | undefined,
  epoch: number,
): Promise<Ahead | undefined> {
  const seq = Math.max(last?.seq ?? 0, audience.resumeAfterSeq ?? 0);
  const rev = Math.max(last?.rev ?? 0, audience.resumeAfterRev ?? 0);
  const [reports, pulls] = await Promise.all([
    reportsAhead(db, audience.id, epoch, seq),
    pullsAhead(db, audience.id, seq),
  ]);
  const seen: { seq: number; rev: number; server: string }[] = [];
  for (const { consumer, report } of reports) {
    const far = Math.max((report.seq ?? 0) - seq, (report.rev ?? 0) - rev);
    if (!report.digest || far > believable) continue;
    if (await find(db, "head", { digest: report.digest })) continue;
    seen.push({ seq: report.seq ?? 0, rev: report.rev ?? 0, server: consumer.name });
  }
  for (const { name, lastPullSeq } of pulls)
    if ((lastPullSeq ?? 0) - seq <= believable) seen.push({ seq: lastPullSeq ?? 0, rev, server: name });
  if (seen.length === 0) return undefined;
  return {
    seq: Math.max(...seen.map((each) => each.seq)),
    rev: Math.max(rev, ...seen.map((each) => each.rev)),
    servers: [...new Set(seen.map((each) => each.server))].sort(),
  };
}

/**
 * Refuses to sign while servers have newer heads than this database: it was restored from a backup, and a second head
 * with the same number would be refused by all of them for ever.
 */
export async function guardRestored(
  ctx: Context,
  audience: Row<"audience">,
  last: Row<"head"> | undefined,
  epoch: number,
): Promise<void> {
  const key = restoredKey(audience);
  const [ahead, known] = await Promise.all([
    seenAhead(ctx.db, audience, last, epoch),
    find(ctx.db, "condition", { key }),
  ]);
  const subject = { kind: "audience", id: audience.id, name: audience.slug };
  if (!ahead) {
    if (known && !known.ok)
      await ctx.db.transaction((tx) =>
        setCondition(
          ctx,
          tx,
          key,
          { ok: true, sentence: `The list of ${audience.slug} is published again.` },
          { action: "list.resumed", subject },
        ),
      );
    return;
  }
  const sentence = `Publishing ${audience.slug} has stopped: ${saidBy(ahead.servers)} runs release seq ${ahead.seq}, but the newest here is ${last?.seq ?? "none"}. This database was probably restored from a backup; or another publisher signs with its key. An administrator resumes after what the servers have: the button here, or rollcall lists resume ${audience.slug}.`;
  if (!known || known.ok || known.sentence !== sentence) {
    const changed = await ctx.db.transaction((tx) =>
      setCondition(
        ctx,
        tx,
        key,
        { ok: false, sentence },
        {
          action: "list.stopped",
          subject,
          detail: { seq: ahead.seq, own: last?.seq ?? null, servers: ahead.servers },
        },
      ),
    );
    if (changed) ctx.log.error({ audience: audience.slug, ahead, own: last?.seq }, sentence);
  }
  throw new Refusal("not_ready", sentence);
}

const shown = 3;

function saidBy(servers: readonly string[]): string {
  const more = servers.length - shown;
  return [...servers.slice(0, shown), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
