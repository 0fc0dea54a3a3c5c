import { systemActor } from "#lib/core/Actor.ts";
import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { checkpointOrigin, formatCheckpoint, logOrigin } from "#lib/core/log/checkpoint.ts";
import { hexOf } from "#lib/core/log/hex.ts";
import { formatLogEntry, type LogEntry } from "#lib/core/log/logEntry.ts";
import { rootOf, tilesRead } from "#lib/core/log/proofs.ts";
import { edgeTiles, extendTiles, tileId, type ReadTile } from "#lib/core/log/tiles.ts";
import { leafHash } from "#lib/core/log/treeHash.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { lastLoggedLine } from "#lib/db/queries/lastLoggedLine.ts";
import { listJournalAfter } from "#lib/db/queries/listJournalAfter.ts";
import { listUnloggedHeads, type UnloggedHead } from "#lib/db/queries/listUnloggedHeads.ts";
import { listUnloggedKeySets } from "#lib/db/queries/listUnloggedKeySets.ts";
import { newestLogCheckpoint } from "#lib/db/queries/newestLogCheckpoint.ts";
import { newestResumedLine } from "#lib/db/queries/newestResumedLine.ts";
import { readLogTiles } from "#lib/db/queries/readLogTiles.ts";
import { findAll, find, insert, upsert, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { restoredPrefix } from "#lib/flows/releases/guardRestored.ts";
import { setCondition } from "#lib/flows/setCondition.ts";

/** Where it is said that the log does not go on. */
const logCondition = "log";

/** Leaves of one transaction: an installation that begins its log late has many. */
const most = 1_000;

/**
 * Takes every head, key set and line of the journal that the log does not hold into it, and signs how far it has come.
 * Says how many leaves were appended. Asks little when there is nothing new; of two workers one appends, the other finds
 * nothing to do or looks again.
 */
export async function appendToLog(ctx: Context, atOnce = most): Promise<number> {
  for (let appended = 0; ;) {
    const leaves = await appendOnce(ctx, atOnce);
    if (leaves === 0) return appended;
    appended += leaves;
  }
}

async function appendOnce(ctx: Context, atOnce: number): Promise<number> {
  // Before the look at what is new, so that nothing which somebody else appends meanwhile is appended twice.
  const last = await newestLogCheckpoint(ctx.db);
  const size = last?.size ?? 0;
  const news = await unlogged(ctx.db, atOnce);
  if (news.entries.length === 0 || (await isStopped(ctx.db))) return 0;
  for (const head of news.newest) await refuseFork(ctx, size, head);
  const key = await keyOf(ctx, await originOf(ctx, last, news.logged));
  const entries = news.entries.slice(0, atOnce);
  const bodies = entries.map(formatLogEntry);
  const hashes = bodies.map((body) => leafHash(new TextEncoder().encode(body)));
  const edge = await readLogTiles(ctx.db, edgeTiles(size));
  const tiles = extendTiles(size, hashes, edge);
  const grown = size + entries.length;
  const root = rootOf(withTiles(tiles, edge), grown);
  const signed = key.signer.sign(formatCheckpoint({ origin: key.origin, size: grown, root }));
  const at = ctx.clock();
  const done = await ctx.db.transaction(async (tx) => {
    // Whoever appended meanwhile changed the tree that was just extended.
    if (((await newestLogCheckpoint(tx))?.size ?? 0) !== size) return false;
    const rows = entries.map(({ k, id }, n) => ({
      index: size + n,
      kind: k,
      ref: id,
      body: bodies[n] as string,
      at,
    }));
    await insert(tx, "logLeaf", ...rows);
    for (const [id, bytes] of tiles) await upsert(tx, "logTile", "id", { id, hashes: bytes });
    await insert(tx, "logCheckpoint", { size: grown, root: hexOf(root), note: signed, at });
    if (await find(tx, "condition", { key: logCondition }))
      await setCondition(
        ctx,
        tx,
        logCondition,
        { ok: true, sentence: "The log goes on." },
        { action: "log.recovered", subject: { kind: "log", id: key.origin, name: key.origin } },
      );
    return true;
  });
  return done ? entries.length : 0;
}

/**
 * Whether a list is stopped because servers know more than this database. Then the log of this database may be shorter than
 * the one they saw, and what is appended under its name would be signed a second time with another content: it waits until
 * somebody resumes, or it turns out that nothing was restored.
 */
async function isStopped(db: Read): Promise<boolean> {
  return (await findAll(db, "condition", { ok: false })).some(({ key }) => key.startsWith(restoredPrefix));
}

interface News {
  /** In the order in which they are taken in. */
  readonly entries: LogEntry[];
  /** Number of the last line that the log holds. */
  readonly logged: number;
  /** The newest unlogged head of each list. */
  readonly newest: UnloggedHead[];
}

async function unlogged(db: Read, atOnce: number): Promise<News> {
  const entries: LogEntry[] = [];
  for (const { version, digest } of await listUnloggedKeySets(db))
    entries.push({ k: "keys", id: String(version), sha256: digest });
  const logged = await lastLoggedLine(db);
  for (const { seq, hash } of await listJournalAfter(db, logged, atOnce))
    entries.push({ k: "audit", id: String(seq), sha256: hash });
  const newest: UnloggedHead[] = [];
  for (const audienceId of (await findAll(db, "audience")).map(({ id }) => id).sort()) {
    const heads = await listUnloggedHeads(db, audienceId);
    for (const { id, digest } of heads) entries.push({ k: "head", id, sha256: digest });
    newest.push(...heads.slice(-1));
  }
  return { entries, logged, newest };
}

/**
 * A head names the log as it stood before it. A log that does not begin like that was cut and would be signed a second
 * time with another content, which no log may do.
 */
async function refuseFork(ctx: Context, size: number, head: UnloggedHead): Promise<void> {
  const stored = await find(ctx.db, "head", { id: head.id });
  const claimed = stored && claimsOf(stored.jws).log;
  if (!claimed) return;
  const shorter = claimed.size > size;
  const read = await readLogTiles(ctx.db, shorter ? [] : tilesRead((each) => rootOf(each, claimed.size)));
  if (!shorter && hexOf(rootOf(read, claimed.size)) === claimed.root) return;
  const sentence = `The log has ${size} leaves and does not begin like the one of ${claimed.size} leaves that a published head names: it was cut or changed. Nothing is appended to it. Run: rollcall journal verify`;
  const subject = { kind: "log", id: claimed.origin, name: claimed.origin };
  await ctx.db.transaction((tx) =>
    setCondition(ctx, tx, logCondition, { ok: false, sentence }, { action: "log.stopped", subject }),
  );
  throw new Error(sentence);
}

/**
 * A log keeps its name, whatever the base URL becomes, until lists resume after a restored backup. What was logged after
 * that backup is gone then, and servers that saw it would rightly call the rest a fork: so the same leaves go on under
 * another name and with another key. All lines that wait are asked, not only those of this turn: nothing more is signed
 * under the old name.
 */
async function originOf(
  ctx: Context,
  last: Row<"logCheckpoint"> | undefined,
  logged: number,
): Promise<string> {
  const resumed = await newestResumedLine(ctx.db, logged);
  if (resumed) return `${logOrigin(ctx.config.baseUrl)}/${resumed.seq}`;
  return last ? checkpointOrigin(last.note) : logOrigin(ctx.config.baseUrl);
}

/** The key of a log, made and noted at its first leaf. */
async function keyOf(ctx: Context, origin: string) {
  const { keys } = ctx;
  if (!keys) throw new Error("This process does not hold the key-encryption key: only the worker signs.");
  const row = (await find(ctx.db, "logKey", { origin })) ?? (await makeKey(ctx, keys, origin));
  return { origin, signer: await keys.openLog(row.sealedPrivateJwk, row.id, origin) };
}

async function makeKey(
  ctx: Context,
  keys: NonNullable<Context["keys"]>,
  origin: string,
): Promise<Row<"logKey">> {
  const made = await keys.createLog(origin);
  const row = {
    id: made.id,
    origin,
    verifierKey: made.verifierKey,
    sealedPrivateJwk: made.sealed,
    createdAt: ctx.clock(),
  };
  return ctx.db.transaction(async (tx) => {
    const other = await find(tx, "logKey", { origin });
    if (other) return other;
    await insert(tx, "logKey", row);
    await note(ctx, tx, systemActor, {
      action: "log.started",
      subject: { kind: "log", id: row.id, name: origin },
      detail: { verifier_key: row.verifierKey },
    });
    return row;
  });
}

function withTiles(tiles: ReadonlyMap<string, Uint8Array>, below: ReadTile): ReadTile {
  return (level, index) => tiles.get(tileId(level, index)) ?? below(level, index);
}

function claimsOf(jws: string): HeadClaims {
  return JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()) as HeadClaims;
}
