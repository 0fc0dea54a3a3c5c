import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { may } from "#lib/core/may.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";
import { note } from "./note.ts";
import { requireClient } from "./requireClient.ts";

const withdrawInput = z.object({ number: z.coerce.number().int(), reason: reasonInput });

/** Takes a request back: whoever asked, or an administrator. A pending client is discovered again. */
export async function withdrawRequest(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof withdrawInput>,
): Promise<void> {
  const { number, reason } = parseInput(withdrawInput, input);
  await ctx.db.transaction(async (tx) => {
    const request = await find(tx, "request", { number });
    if (!request) throw new Refusal("not_found", `There is no request ${number}.`);
    const own = actor.kind === "person" && request.requestedBy === actor.id;
    if (!own && !may(actor, "administer"))
      throw new Refusal(
        "not_allowed",
        "Only the person who asked, or an administrator, withdraws a request.",
      );
    if (request.state !== "open")
      throw new Refusal("conflict", `Request ${number} is already ${request.state}.`);
    const now = ctx.clock();
    const client = await requireClient(tx, request.clientRowId);
    await update(
      tx,
      "request",
      { id: request.id },
      { state: "withdrawn", decidedAt: now, decidedReason: reason, revision: request.revision + 1 },
    );
    if (client.lifecycle === "pending")
      await update(
        tx,
        "client",
        { id: client.id },
        { lifecycle: "discovered", lifecycleAt: now, updatedAt: now, revision: client.revision + 1 },
      );
    await note(ctx, tx, actor, {
      action: "request.withdrawn",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { number, reason },
    });
  });
}
