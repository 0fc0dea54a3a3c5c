import type { Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, findAll, insert, update, upsert } from "#lib/db/rows.ts";

/** What of a list may say something else from now on: clients by their row ids (none: only the head), or every one. */
export type Changed = "all" | readonly string[];

/**
 * Leaves a due row per audience: the worker signs when its time comes. Approvals wait a moment so that several go out
 * together; whatever shrinks trust asks for no delay and pulls a waiting release forward. What changed is written beside
 * it: the publisher looks at nothing else. With `audienceId` only that list is meant.
 */
export async function scheduleRelease(
  ctx: Context,
  tx: Write,
  cause: string,
  delayMs: number,
  changed: Changed = "all",
  audienceId?: string,
): Promise<void> {
  const now = ctx.clock();
  const at = now + delayMs;
  const clients = changed === "all" ? [null] : changed;
  for (const audience of await findAll(tx, "audience", audienceId ? { id: audienceId } : {})) {
    const changes = clients.map((clientRowId) => ({
      id: ctx.newId(),
      audienceId: audience.id,
      clientRowId,
      at: now,
    }));
    await insert(tx, "listChange", ...changes);
    const key = `publish:${audience.id}`;
    const waiting = await find(tx, "due", { key });
    if (waiting && waiting.at <= at && waiting.leasedUntil === null) {
      await takeHold(tx, key, waiting.at);
      continue;
    }
    await upsert(tx, "due", "key", {
      key,
      kind: "publish",
      subject: audience.id,
      cause,
      at,
      leasedUntil: null,
    });
  }
}

/** Rows that a transaction has written already. */
const held = new WeakMap<Write, Set<string>>();

/**
 * Writes a row that may stay as it is: a worker that took it before this is committed would take it for done. SQLite has
 * one writer, and nobody takes anything meanwhile.
 */
async function takeHold(tx: Write, key: string, at: Instant): Promise<void> {
  if (tx.dialect === "sqlite") return;
  const own = held.get(tx) ?? new Set();
  held.set(tx, own);
  if (own.has(key)) return;
  own.add(key);
  await update(tx, "due", { key }, { at });
}
