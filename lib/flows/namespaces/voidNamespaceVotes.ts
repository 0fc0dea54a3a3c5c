import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update } from "#lib/db/rows.ts";

/** Votes on what was asked before say nothing about what is asked now. They stay for the record. */
export async function voidNamespaceVotes(ctx: Context, tx: Write, namespaceId: string): Promise<void> {
  await update(tx, "namespaceVote", { namespaceId, voidedAt: null }, { voidedAt: ctx.clock() });
}
