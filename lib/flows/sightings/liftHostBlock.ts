import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, remove, update } from "#lib/db/rows.ts";
import { isAgreed } from "#lib/flows/isAgreed.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

const liftInput = z.object({ host: z.string(), reason: reasonInput, keep: z.boolean().optional() });

/**
 * Lifts the block of a host in two steps by two people, for trust grows by it: the first asks, another one confirms, one of
 * them a reviewer, and the next release no longer refuses its clients. `keep` says no to whoever asked.
 */
export async function liftHostBlock(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof liftInput>,
): Promise<"asked" | "lifted" | "kept"> {
  requirePermission(actor, "review");
  if (actor.kind !== "person") throw new Refusal("not_allowed", "People lift blocks, not tokens.");
  const { host, reason, keep } = parseInput(liftInput, input);
  return ctx.db.transaction(async (tx) => {
    const block = await find(tx, "hostBlock", { host });
    if (!block) throw new Refusal("not_found", `${host} is not blocked.`);
    const subject = { kind: "host" as const, id: host, name: host };
    const detail = { reason };
    if (keep) {
      await update(tx, "hostBlock", { host }, { liftAskedBy: null });
      await note(ctx, tx, actor, { action: "host.kept_blocked", subject, detail });
      return "kept";
    }
    if (!ctx.config.solo && block.liftAskedBy === actor.id)
      throw new Refusal("conflict", "You have asked for it already. Somebody else has to confirm.");
    if (!(await isAgreed(ctx, tx, actor, block.liftAskedBy))) {
      await update(tx, "hostBlock", { host }, { liftAskedBy: actor.id });
      await note(ctx, tx, actor, { action: "host.lift_asked", subject, detail });
      return "asked";
    }
    await remove(tx, "hostBlock", { host });
    await note(ctx, tx, actor, {
      action: "host.unblocked",
      subject,
      detail: { ...detail, askedBy: block.liftAskedBy },
    });
    await scheduleRelease(ctx, tx, `lifted the block of ${host}`, ctx.config.approvalDelayMs, []);
    return "lifted";
  });
}
