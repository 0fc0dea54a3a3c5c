import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { grantsInput, validDaysInput } from "#lib/core/clientInput.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { requestObstacle } from "#lib/core/review/transitions.ts";
import type { Context } from "#lib/context.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { draftRequest } from "./draftRequest.ts";
import { expireRequestOf } from "./expireRequests.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { requireGrants } from "#lib/flows/clients/requireGrants.ts";

const openInput = z.object({
  id: z.string(),
  kind: z.enum(["approve", "change", "unsuspend", "unblock"]),
  grants: grantsInput.optional(),
  validDays: validDaysInput.default(180),
  reason: reasonInput,
});

/** Asks for more trust in a client that is in the inventory: approve it, change its grants, lift a suspension or a block. */
export async function openRequest(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof openInput>,
): Promise<{ number: number }> {
  requirePermission(actor, "register");
  const asked = parseInput(openInput, input);
  const number = await ctx.db.transaction(async (tx) => {
    await expireRequestOf(ctx, tx, asked.id);
    const client = await requireClient(tx, asked.id);
    const obstacle = requestObstacle(asked.kind, client, ctx.clock());
    if (obstacle) throw new Refusal("conflict", obstacle);
    const open = await openRequestOf(tx, client.id);
    if (open)
      throw new Refusal(
        "conflict",
        `Request ${open.number} for this client is already open. Decide or withdraw it first.`,
      );
    const snapshot = client.liveSnapshotId && (await find(tx, "snapshot", { id: client.liveSnapshotId }));
    if (!snapshot) throw new Refusal("not_ready", "No document of this client was read yet. Fetch it first.");
    const grants = asked.grants ?? (await findAll(tx, "grant", { clientRowId: client.id }));
    if (grants.length === 0)
      throw new Refusal("invalid_input", "Name at least one resource and its scopes.", {
        grants: "Name at least one.",
      });
    await requireGrants(tx, grants);
    return draftRequest(ctx, tx, actor, {
      ...asked,
      client,
      snapshot,
      grants: grants.map(({ resource, scopes }) => ({ resource, scopes })),
    });
  });
  return { number };
}
