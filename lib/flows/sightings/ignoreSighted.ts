import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

const ignoreInput = z.object({
  clientId: z.string(),
  times: z.coerce
    .number({ error: "Enter a number." })
    .int("Enter a whole number.")
    .min(1, "Enter at least 1.")
    .max(1_000_000, "Enter at most 1,000,000."),
});

/** Leaves a sighted client out of the unknown until servers have met it that many times more. It changes no list. */
export async function ignoreSighted(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof ignoreInput>,
): Promise<void> {
  requirePermission(actor, "register");
  const { clientId, times } = parseInput(ignoreInput, input);
  await ctx.db.transaction(async (tx) => {
    const seen = await find(tx, "seenClient", { clientId });
    if (!seen) throw new Refusal("not_found", "No server has met this client within ninety days.");
    await update(tx, "seenClient", { clientId }, { ignoreUntil: seen.allowed + seen.refused + times });
    await note(ctx, tx, actor, {
      action: "sighting.ignored",
      subject: { kind: "sighting", id: clientId, name: clientId },
      detail: { times },
    });
  });
}
