import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { journalWalk, type JournalWalk } from "./journalWalk.ts";
import { logState, type LogState } from "./logState.ts";
import { prefixFault, verifyKeptHead, type KeptHead } from "./verifyKeptHead.ts";
import { verifyLog } from "./verifyLog.ts";

export interface JournalVerdict {
  readonly ok: boolean;
  readonly lines: number;
  /** Hash of the last line. */
  readonly head: string;
  readonly sentence: string;
  /** The log that holds the journal; null before its first checkpoint. */
  readonly log: (LogState & { /** Lines that are not in it yet. */ readonly waiting: number }) | null;
  /** What came of the head that was kept elsewhere, when one was given. */
  readonly kept?: KeptHead;
}

/**
 * Reads the whole journal and its log: recomputes every hash of the chain, compares every line, head and key set with its
 * leaf, builds the tree anew and compares it with the signed checkpoint and with what the newest heads say of it. A head
 * that a server kept shows more: that nobody wrote all of this anew since. Says the first thing that does not hold.
 */
export async function verifyJournal(db: Read, keptHead?: string): Promise<JournalVerdict> {
  // Before the log, which only grows: what a head names is then never ahead of what is looked at.
  const newest = await newestClaims(db);
  const state = await logState(db);
  const journal = journalWalk(db);
  let fault = state ? await verifyLog(db, state, journal) : undefined;
  const logged = journal.last?.seq ?? 0;
  fault ??= await restFault(db, journal);
  const lines = journal.last?.seq ?? 0;
  if (!fault && state) fault = await newestFault(db, state, newest);
  const kept = keptHead === undefined || fault ? undefined : await keptVerdict(db, state, keptHead);
  if (kept && !kept.ok) fault = kept.sentence;
  return {
    ok: !fault,
    lines,
    head: journal.last?.hash ?? "",
    sentence: fault ?? goodSentence(lines, state, lines - logged),
    log: state && { ...state, waiting: lines - logged },
    ...(kept ? { kept } : {}),
  };
}

function goodSentence(lines: number, state: LogState | null, waiting: number): string {
  if (lines === 0) return "The journal is empty.";
  const chain = `All ${lines} lines follow one another and none was changed.`;
  if (!state) return `${chain} None is in the log yet: the worker makes it.`;
  const rest = waiting === 0 ? "" : ` ${waiting} ${waiting === 1 ? "line is" : "lines are"} not in it yet.`;
  return `${chain} The log of ${state.size} leaves holds them and its checkpoint verifies.${rest}`;
}

/** What is wrong with the lines after those of the log, and with the row that names the last of them. */
async function restFault(db: Read, journal: JournalWalk): Promise<string | undefined> {
  for (;;) {
    const head = await find(db, "journalHead", { id: "journal" });
    const before = journal.last?.seq ?? 0;
    for (let next = await journal.next(); ; next = await journal.next()) {
      if (next.fault) return next.fault;
      if (!next.line) break;
    }
    const lines = journal.last?.seq ?? 0;
    // Lines that were written while this was reading have moved the row on.
    if (lines > before) continue;
    if ((head?.seq ?? 0) === lines && (head?.hash ?? "") === (journal.last?.hash ?? "")) return undefined;
    return `The journal ends at line ${lines}, but its head says ${head?.seq ?? 0}: lines were cut off.`;
  }
}

/** What the newest head of each list says of the log. */
async function newestClaims(db: Read): Promise<(Pick<HeadClaims, "log"> & { name: string })[]> {
  const claims: (Pick<HeadClaims, "log"> & { name: string })[] = [];
  for (const { id, slug } of await findAll(db, "audience")) {
    const head = await latestHead(db, id);
    if (!head) continue;
    const { log } = JSON.parse(
      Buffer.from(head.jws.split(".")[1] ?? "", "base64url").toString(),
    ) as HeadClaims;
    claims.push({ log, name: `The newest head of ${slug}` });
  }
  return claims;
}

async function newestFault(
  db: Read,
  state: LogState,
  newest: Awaited<ReturnType<typeof newestClaims>>,
): Promise<string | undefined> {
  for (const { log, name } of newest) {
    const fault = log && (await prefixFault(db, state, log));
    if (fault) return `${name} ${fault}`;
  }
  return undefined;
}

function keptVerdict(db: Read, state: LogState | null, jws: string): Promise<KeptHead> {
  if (state) return verifyKeptHead(db, state, jws);
  return Promise.resolve({ ok: false, sentence: "There is no log yet that a head could be compared with." });
}
