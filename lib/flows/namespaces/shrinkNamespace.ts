import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { update } from "#lib/db/rows.ts";
import { adoptChildren } from "./adoptChildren.ts";
import { noteNamespace } from "./noteNamespace.ts";
import { requireNamespace } from "./requireNamespace.ts";
import { requireNamespaceSteward } from "./requireNamespaceSteward.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { voidNamespaceVotes } from "./voidNamespaceVotes.ts";

const shrinkInput = z.object({ number: z.coerce.number().int(), reason: reasonInput });

/** Refuses every client of a namespace from the next release on, which is due now. One person is enough. */
export async function suspendNamespace(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  await shrink(ctx, actor, "suspended", input);
}

/** Takes a namespace out of use for good. Somebody may propose its pattern anew. */
export async function retireNamespace(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  await shrink(ctx, actor, "retired", input);
}

async function shrink(
  ctx: Context,
  actor: Actor,
  to: "suspended" | "retired",
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  const { number, reason } = parseInput(shrinkInput, input);
  await ctx.db.transaction(async (tx) => {
    const namespace = await requireNamespace(tx, number);
    const { id, state, pattern } = namespace;
    requireNamespaceSteward(actor, namespace, "takes trust away from this namespace");
    if (state !== "approved" && !(state === "suspended" && to === "retired"))
      throw new Refusal("conflict", `This namespace is ${state}: there is no trust to take away.`);
    await voidNamespaceVotes(ctx, tx, id);
    const now = ctx.clock();
    const change = { state: to, reason, stateAt: now, proposed: null, revision: namespace.revision + 1 };
    await update(tx, "namespace", { id }, change);
    await noteNamespace(ctx, tx, actor, namespace, to, { from: state, reason });
    if (to === "retired") await adoptChildren(tx, namespace.host);
    await scheduleRelease(ctx, tx, `${to} ${pattern}`, 0, []);
  });
}
