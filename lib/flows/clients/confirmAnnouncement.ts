import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { twoAgree } from "#lib/core/review/twoAgree.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "./requireClient.ts";

/**
 * A second person stands behind an announced key, so that nobody is asked when it appears. Whoever publishes a document
 * and looks after its client could otherwise add keys alone. One of the two is a reviewer.
 */
export async function confirmAnnouncement(
  ctx: Context,
  actor: Actor,
  input: { announcementId: string },
): Promise<void> {
  requirePermission(actor, "review");
  if (actor.kind !== "person") throw new Refusal("not_allowed", "A person confirms, not a token.");
  await ctx.db.transaction(async (tx) => {
    const announcement = await find(tx, "announcement", { id: input.announcementId });
    if (!announcement) throw new Refusal("not_found", "There is no such announcement.");
    const { id, jkt, announcedBy, confirmedBy, matchedAt, withdrawnAt, expectedBy } = announcement;
    if (announcedBy === actor.id)
      throw new Refusal("not_allowed", "You announced it, so someone else must confirm it.");
    if (withdrawnAt !== null) throw new Refusal("conflict", "It was withdrawn.");
    if (matchedAt !== null)
      throw new Refusal("conflict", "The key has appeared: decide about it where it is asked for.");
    if (expectedBy < ctx.clock()) throw new Refusal("conflict", "Its day is over. Let it be announced anew.");
    const announcer = announcedBy === null ? undefined : await find(tx, "person", { id: announcedBy });
    const earlier = confirmedBy === null ? undefined : await find(tx, "person", { id: confirmedBy });
    if (twoAgree(announcer, earlier)) throw new Refusal("conflict", "It is confirmed already.");
    if (!twoAgree(announcer, await find(tx, "person", { id: actor.id })))
      throw new Refusal(
        "not_allowed",
        announcer?.active
          ? "An administrator alone cannot confirm it: a reviewer must."
          : "Whoever announced it has left. Let it be announced anew.",
      );
    const client = await requireClient(tx, announcement.clientRowId);
    await update(tx, "announcement", { id }, { confirmedBy: actor.id });
    await note(ctx, tx, actor, {
      action: "key.announcement_confirmed",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { jkt, announcedBy, expectedBy },
    });
  });
}
