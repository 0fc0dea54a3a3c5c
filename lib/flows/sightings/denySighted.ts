import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { shrinkObstacle } from "#lib/core/review/transitions.ts";
import type { Context } from "#lib/context.ts";
import { putOffDiscoveries } from "#lib/db/queries/discoveries.ts";
import { find } from "#lib/db/rows.ts";
import { discover } from "./discoverSighted.ts";
import { shrinkInside } from "#lib/flows/clients/shrinkClient.ts";

const denyInput = z.object({ clientId: z.string(), reason: reasonInput });

/**
 * Refuses a sighted client by name on every list until two people unblock it, also where servers let unknown clients in.
 * One person is enough. Says which client it is.
 */
export async function denySighted(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof denyInput>,
): Promise<{ id: string }> {
  requirePermission(actor, "shrink");
  const { clientId, reason } = parseInput(denyInput, input);
  return ctx.db.transaction(async (tx) => {
    const seen = await find(tx, "seenClient", { clientId });
    if (!seen) throw new Refusal("not_found", "No server has met this client within ninety days.");
    if (seen.host === "")
      throw new Refusal(
        "invalid_input",
        "This is no address of a document: no list can name it as a client.",
      );
    const client = (await find(tx, "client", { clientId })) ?? (await discover(ctx, tx, seen));
    const obstacle = shrinkObstacle("blocked", client.lifecycle);
    if (obstacle) throw new Refusal("conflict", obstacle);
    await shrinkInside(ctx, tx, actor, client, "blocked", reason);
    await putOffDiscoveries(tx, [clientId], null);
    return { id: client.id };
  });
}
