import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { may } from "#lib/core/may.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { closeRequest } from "./closeRequest.ts";

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
    const own = actor.kind === "person" && may(actor, "register") && request.requestedBy === actor.id;
    if (!own && !may(actor, "administer"))
      throw new Refusal(
        "not_allowed",
        "Only the person who asked, or an administrator, withdraws a request.",
      );
    if (request.state !== "open")
      throw new Refusal("conflict", `Request ${number} is already ${request.state}.`);
    await closeRequest(ctx, tx, actor, request, "withdrawn", reason);
  });
}
