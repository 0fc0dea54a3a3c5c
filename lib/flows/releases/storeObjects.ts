import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { needObjects, storedAmong } from "#lib/db/queries/listObjects.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";

const compress = promisify(gzip);

const few = 16;

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const atOnce = 1_000;

/** Of these bodies by name, those that are not stored, ready to be. */
export async function missingObjects(
  ctx: Context,
  db: Read,
  objects: ReadonlyMap<string, string>,
): Promise<NewRow<"allowlistObject">[]> {
  // Of a few it is known soon enough, in the transaction that stores them.
  const stored = objects.size > few ? await storedAmong(db, [...objects.keys()]) : new Map();
  const missing = [...objects].filter(([sha]) => !stored.has(sha));
  return Promise.all(
    missing.map(async ([sha, body]) => ({
      sha,
      body,
      gzip: await compress(body, { level: 9 }),
      createdAt: ctx.clock(),
    })),
  );
}

/** Stores the missing ones and keeps the others; false when one of `names`, all that are needed, is gone meanwhile. */
export async function keepObjects(
  tx: Write,
  names: readonly string[],
  missing: readonly NewRow<"allowlistObject">[],
): Promise<boolean> {
  const stored = await storedAmong(tx, names);
  await needObjects(
    tx,
    names.filter((sha) => typeof stored.get(sha) === "number"),
  );
  const fresh = missing.filter(({ sha }) => !stored.has(sha));
  for (let at = 0; at < fresh.length; at += atOnce)
    await insert(tx, "allowlistObject", ...fresh.slice(at, at + atOnce));
  for (const { sha } of fresh) stored.set(sha, null);
  return names.every((sha) => stored.has(sha));
}
