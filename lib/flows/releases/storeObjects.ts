import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { needObjects, storedAmong } from "#lib/db/queries/listObjects.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";
import { together } from "#lib/db/together.ts";

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

/** Whether every object of these names is stored, or among those that will be: one may have been collected meanwhile. */
export function holdsAll(
  names: readonly string[],
  stored: ReadonlyMap<string, unknown>,
  missing: readonly Pick<NewRow<"allowlistObject">, "sha">[],
): boolean {
  const coming = new Set(missing.map(({ sha }) => sha));
  return names.every((sha) => stored.has(sha) || coming.has(sha));
}

/** Stores the missing ones and keeps the others; `stored` says which of them are there, and since when nobody needs them. */
export async function keepObjects(
  tx: Write,
  names: readonly string[],
  missing: readonly NewRow<"allowlistObject">[],
  stored: ReadonlyMap<string, Instant | null>,
): Promise<void> {
  const fresh = missing.filter(({ sha }) => !stored.has(sha));
  const work = [
    needObjects(
      tx,
      names.filter((sha) => typeof stored.get(sha) === "number"),
    ),
  ];
  for (let at = 0; at < fresh.length; at += atOnce)
    work.push(insert(tx, "allowlistObject", ...fresh.slice(at, at + atOnce)));
  await together(work);
}
