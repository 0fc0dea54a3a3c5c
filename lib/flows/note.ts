import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { appendJournal, type JournalEntry } from "#lib/db/queries/appendJournal.ts";
import { insert } from "#lib/db/rows.ts";
import { together } from "#lib/db/together.ts";

/** Writes the deed to the journal and hands it to the outbox: one transaction with the deed itself. */
export async function note(ctx: Context, tx: Write, actor: Actor, entry: JournalEntry): Promise<void> {
  const at = ctx.clock();
  const outbox = insert(tx, "outbox", {
    id: ctx.newId(),
    topic: entry.action,
    payload: { actor: actor.name, subject: entry.subject, detail: entry.detail ?? {} },
    at,
    nextAttemptAt: at,
    attempts: 0,
  });
  await together([appendJournal(tx, actor, at, entry), outbox]);
}
