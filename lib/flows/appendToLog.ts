import { systemActor } from "#lib/core/Actor.ts";
import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { formatCheckpoint, logOrigin } from "#lib/core/log/checkpoint.ts";
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
import { readLogTiles } from "#lib/db/queries/readLogTiles.ts";
import { findAll, find, insert, upsert, type Row } from "#lib/db/rows.ts";
import { note } from "./note.ts";

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
  const size = (await newestLogCheckpoint(ctx.db))?.size ?? 0;
  const news = await unlogged(ctx.db, atOnce);
  if (news.entries.length === 0) return 0;
  const key = await theLogKey(ctx);
  for (const head of news.newest) await refuseFork(ctx.db, size, head);
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
    return true;
  });
  return done ? entries.length : 0;
}

/** What is not in the log yet, in the order it is taken in, and the newest of the heads of each list. */
async function unlogged(db: Read, atOnce: number): Promise<{ entries: LogEntry[]; newest: UnloggedHead[] }> {
  const entries: LogEntry[] = [];
  for (const { version, digest } of await listUnloggedKeySets(db))
    entries.push({ k: "keys", id: String(version), sha256: digest });
  for (const { seq, hash } of await listJournalAfter(db, await lastLoggedLine(db), atOnce))
    entries.push({ k: "audit", id: String(seq), sha256: hash });
  const newest: UnloggedHead[] = [];
  for (const audienceId of (await findAll(db, "audience")).map(({ id }) => id).sort()) {
    const heads = await listUnloggedHeads(db, audienceId);
    for (const { id, digest } of heads) entries.push({ k: "head", id, sha256: digest });
    newest.push(...heads.slice(-1));
  }
  return { entries, newest };
}

/**
 * A head names the log as it stood before it. A log that does not begin like that was cut and would be signed a second
 * time with another content, which no log may do.
 */
async function refuseFork(db: Read, size: number, head: UnloggedHead): Promise<void> {
  const claimed = claimsOf(head.jws).log;
  if (!claimed) return;
  const shorter = claimed.size > size;
  const read = await readLogTiles(db, shorter ? [] : tilesRead((each) => rootOf(each, claimed.size)));
  if (shorter || hexOf(rootOf(read, claimed.size)) !== claimed.root)
    throw new Error(
      `The log has ${size} leaves and does not begin like the one of ${claimed.size} leaves that a published head names: it was cut or changed. Nothing is appended to it. Run: rollcall journal verify`,
    );
}

/** The log's key, made and noted at the first leaf. Its origin stays, whatever the base URL becomes. */
async function theLogKey(ctx: Context) {
  const { keys } = ctx;
  if (!keys) throw new Error("This process does not hold the key-encryption key: only the worker signs.");
  const row = (await find(ctx.db, "logKey", {})) ?? (await makeLogKey(ctx, keys));
  return { origin: row.origin, signer: await keys.openLog(row.sealedPrivateJwk, row.id, row.origin) };
}

async function makeLogKey(ctx: Context, keys: NonNullable<Context["keys"]>): Promise<Row<"logKey">> {
  const origin = logOrigin(ctx.config.baseUrl);
  const made = await keys.createLog(origin);
  const row = {
    id: made.id,
    origin,
    verifierKey: made.verifierKey,
    sealedPrivateJwk: made.sealed,
    createdAt: ctx.clock(),
  };
  return ctx.db.transaction(async (tx) => {
    const other = await find(tx, "logKey", {});
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
