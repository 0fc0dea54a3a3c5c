import type { PersonActor } from "#lib/core/Actor.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { stillAsks } from "#lib/core/review/stillAsks.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";

/**
 * Whether two people agree that trust grows: somebody else asked before whose word still counts, and one of the two is a
 * reviewer. Refuses two administrators, as with votes. False: this person is the first. Solo installations need one.
 */
export async function isAgreed(
  ctx: Context,
  db: Read,
  actor: PersonActor,
  askedBy: string | null,
): Promise<boolean> {
  if (ctx.config.solo) return true;
  // As they are now: a role may have been taken away since the session was read.
  const own = await find(db, "person", { id: actor.id });
  if (!own || !stillAsks(own))
    throw new Refusal("not_allowed", "Only reviewers and administrators decide this.");
  const asker = askedBy === null ? undefined : await find(db, "person", { id: askedBy });
  if (!asker || asker.id === own.id || !stillAsks(asker)) return false;
  if (asker.role !== "reviewer" && own.role !== "reviewer")
    throw new Refusal(
      "not_allowed",
      `Administrators alone cannot let trust grow: ${asker.name} asked, and a reviewer must confirm.`,
    );
  return true;
}
