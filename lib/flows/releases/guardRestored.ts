import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { pullsAhead, reportsAhead } from "#lib/db/queries/reportsAhead.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { setCondition } from "#lib/flows/setCondition.ts";

/** A seq that is further ahead than this was never ours: nobody gets us to skip most of the numbers there are. */
const believable = 1_000_000;

/** So many servers that say the same without proof are believed: one token may be in the wrong hands. */
const enough = 2;

/** The newest head that servers have and this database does not. */
export interface Ahead {
  readonly seq: number;
  readonly rev: number;
  readonly servers: readonly string[];
  /** Why it is so: they showed the head, which a key of ours signed, or we handed it out; or several say so. Null: one server says so. */
  readonly because: "proven" | "several" | null;
}

/** A list is not published, for servers have newer heads than this database. */
export const restoredPrefix = "restored:";
export const restoredKey = (audience: Row<"audience">) => restoredPrefix + audience.slug;

/** A server says that it has a newer head than this database, and nothing proves it. */
export const aheadKey = (audience: Row<"audience">) => `ahead:${audience.slug}`;

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
  const seen: { seq: number; rev: number; server: string; isProven: boolean }[] = [];
  for (const { consumer, report, provenBy } of reports) {
    const far = Math.max((report.seq ?? 0) - seq, (report.rev ?? 0) - rev);
    if (!report.digest || far > believable) continue;
    if (await find(db, "head", { digest: report.digest })) continue;
    const said = { seq: report.seq ?? 0, rev: report.rev ?? 0, server: consumer.name };
    seen.push({ ...said, isProven: provenBy !== null });
  }
  // A pull is not what the server says: our own web process handed that head out.
  for (const { name, lastPullSeq } of pulls)
    if ((lastPullSeq ?? 0) - seq <= believable)
      seen.push({ seq: lastPullSeq ?? 0, rev, server: name, isProven: true });
  if (seen.length === 0) return undefined;
  const servers = [...new Set(seen.map(({ server }) => server))].sort();
  return {
    seq: Math.max(...seen.map((each) => each.seq)),
    rev: Math.max(rev, ...seen.map((each) => each.rev)),
    servers,
    because: seen.some(({ isProven }) => isProven) ? "proven" : servers.length >= enough ? "several" : null,
  };
}

/**
 * Refuses to sign while servers have newer heads than this database: it was restored from a backup, and a second head
 * with the same number would be refused by all of them for ever. What one server says without proof is shown to
 * administrators and stops nothing.
 */
export async function guardRestored(
  ctx: Context,
  audience: Row<"audience">,
  last: Row<"head"> | undefined,
  epoch: number,
): Promise<void> {
  const { slug } = audience;
  const ahead = await seenAhead(ctx.db, audience, last, epoch);
  const own = last?.seq ?? null;
  const says =
    ahead &&
    `${saidBy(ahead.servers)} runs release seq ${ahead.seq}, but the newest here is ${own ?? "none"}.`;
  const how = `An administrator resumes after what the servers have: the button here, or rollcall lists resume ${slug}.`;
  const detail = ahead && { seq: ahead.seq, own, servers: ahead.servers };
  await tell(ctx, audience, aheadKey(audience), {
    fault:
      ahead?.because === null
        ? `${says} Nothing proves it: the server did not send that release, and no other server says so. ${slug} is published as before. If this database was restored from a backup, stop the worker now. ${how} If not, look at this server: its token may be in the wrong hands.`
        : undefined,
    well: `No server says any more that it has a newer list of ${slug}.`,
    actions: ["list.doubted", "list.undoubted"],
    detail,
  });
  const stopped =
    ahead && ahead.because !== null
      ? `Publishing ${slug} has stopped: ${says} ${proofs[ahead.because]} This database was probably restored from a backup; or another publisher signs with its key. ${how}`
      : undefined;
  await tell(ctx, audience, restoredKey(audience), {
    fault: stopped,
    well: `The list of ${slug} is published again.`,
    actions: ["list.stopped", "list.resumed"],
    detail,
  });
  if (stopped) throw new Refusal("not_ready", stopped);
}

const proofs = {
  proven: "It is signed by a key of this installation, or was handed out here.",
  several: "Several servers say so.",
};

interface Told {
  readonly fault: string | undefined;
  readonly well: string;
  /** When it becomes so, and when it is over. */
  readonly actions: readonly [string, string];
  readonly detail: Readonly<Record<string, unknown>> | undefined;
}

async function tell(ctx: Context, audience: Row<"audience">, key: string, told: Told): Promise<void> {
  const { fault, well, actions, detail } = told;
  const known = await find(ctx.db, "condition", { key });
  if (fault === undefined ? !known || known.ok : known && !known.ok && known.sentence === fault) return;
  const subject = { kind: "audience", id: audience.id, name: audience.slug };
  const is = { ok: fault === undefined, sentence: fault ?? well };
  const event =
    fault === undefined ? { action: actions[1], subject } : { action: actions[0], subject, detail };
  const changed = await ctx.db.transaction((tx) => setCondition(ctx, tx, key, is, event));
  if (changed && fault) ctx.log.error({ audience: audience.slug, ...detail }, fault);
}

const shown = 3;

function saidBy(servers: readonly string[]): string {
  const more = servers.length - shown;
  return [...servers.slice(0, shown), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
