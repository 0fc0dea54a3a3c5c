import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { may } from "#lib/core/may.ts";
import { isOpen } from "#lib/core/namespace/standing.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { update } from "#lib/db/rows.ts";
import { noteNamespace } from "./noteNamespace.ts";
import { requireNamespace } from "./requireNamespace.ts";
import { voidNamespaceVotes } from "./voidNamespaceVotes.ts";

const withdrawInput = z.object({ number: z.coerce.number().int(), reason: reasonInput });

/** Takes a proposal back: whoever asked, or an administrator. What was approved before stays as it is. */
export async function withdrawNamespace(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof withdrawInput>,
): Promise<void> {
  const { number, reason } = parseInput(withdrawInput, input);
  await ctx.db.transaction(async (tx) => {
    const namespace = await requireNamespace(tx, number);
    const own = actor.kind === "person" && may(actor, "register") && namespace.requestedBy === actor.id;
    if (!own && !may(actor, "administer"))
      throw new Refusal("not_allowed", "Only the person who asked, or an administrator, withdraws it.");
    if (!isOpen(namespace)) throw new Refusal("conflict", "Nothing about this namespace waits for votes.");
    await voidNamespaceVotes(ctx, tx, namespace.id);
    const pending = namespace.state === "pending";
    await update(
      tx,
      "namespace",
      { id: namespace.id },
      {
        proposed: null,
        ...(pending ? { state: "withdrawn" as const, stateAt: ctx.clock(), reason } : {}),
        revision: namespace.revision + 1,
      },
    );
    await noteNamespace(ctx, tx, actor, namespace, "withdrawn", { reason });
  });
}
