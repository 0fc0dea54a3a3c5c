import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { update } from "#lib/db/rows.ts";
import { requireAudience } from "./holdRelease.ts";
import { isAgreed } from "#lib/flows/isAgreed.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "./scheduleRelease.ts";

/**
 * Ends a rollback, in two steps by two people, for trust grows by it: the first asks, another one confirms, one of them a
 * reviewer, and the next release says what the inventory says. Asking twice changes nothing; who may not review any more has not asked. `keep`
 * says no to whoever asked. In a solo installation one person is enough.
 */
export async function letGoOfRelease(
  ctx: Context,
  actor: Actor,
  input: { readonly audienceId: string; readonly keep?: boolean },
): Promise<"asked" | "released" | "kept"> {
  requirePermission(actor, "review");
  if (actor.kind !== "person") throw new Refusal("not_allowed", "A person ends a rollback, not a token.");
  return ctx.db.transaction(async (tx) => {
    const audience = await requireAudience(tx, input.audienceId);
    const subject = { kind: "audience" as const, id: audience.id, name: audience.slug };
    if (!audience.heldHeadId) throw new Refusal("conflict", `${audience.name} is not rolled back.`);
    const revision = audience.revision + 1;
    if (input.keep) {
      await update(tx, "audience", { id: audience.id }, { releaseAskedBy: null, revision });
      await note(ctx, tx, actor, { action: "release.kept_back", subject });
      return "kept";
    }
    if (audience.releaseAskedBy === actor.id && !ctx.config.solo) return "asked";
    if (!(await isAgreed(ctx, tx, actor, audience.releaseAskedBy))) {
      await update(tx, "audience", { id: audience.id }, { releaseAskedBy: actor.id, revision });
      await note(ctx, tx, actor, { action: "release.let_go_asked", subject });
      return "asked";
    }
    const nothing = { heldHeadId: null, heldWithin: null, heldBy: null, heldAt: null, heldReason: null };
    await update(tx, "audience", { id: audience.id }, { ...nothing, releaseAskedBy: null, revision });
    await scheduleRelease(ctx, tx, "rollback ended", 0, "all", audience.id);
    await note(ctx, tx, actor, {
      action: "release.let_go",
      subject,
      detail: { askedBy: audience.releaseAskedBy, solo: ctx.config.solo || undefined },
    });
    return "released";
  });
}
