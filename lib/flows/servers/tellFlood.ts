import { systemActor, type TokenActor } from "#lib/core/Actor.ts";
import { hour, type Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { timesTold } from "#lib/db/queries/reportBounds.ts";
import { find } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

/**
 * Tells people, once an hour, that a server sends more reports than are taken in. `told` is what this process remembers of
 * it, so that the flood itself costs nothing.
 */
export async function tellFlood(
  ctx: Context,
  told: Map<string, Instant>,
  { id, name }: TokenActor,
  kind: "status" | "sightings",
): Promise<void> {
  const now = ctx.clock();
  const last = told.get(id);
  if (last !== undefined && now - last < hour) return;
  told.set(id, now);
  ctx.log.warn({ token: name, kind }, "a token sends more reports than are taken in");
  await ctx.db.transaction(async (tx) => {
    const consumer = await find(tx, "consumer", { tokenId: id });
    if (!consumer) return;
    const action = "server.too_many_reports";
    const subject = { kind: "consumer", id: consumer.id, name: consumer.name };
    if ((await timesTold(tx, subject, action, now - hour)) > 0) return;
    const audience = await find(tx, "audience", { id: consumer.audienceId });
    await note(ctx, tx, systemActor, { action, subject, detail: { audience: audience?.slug, kind } });
  });
}
