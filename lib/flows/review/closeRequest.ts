import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";

/** Closes an open request without a decision, inside the caller's transaction. A pending client is discovered again. */
export async function closeRequest(
  ctx: Context,
  tx: Write,
  actor: Actor,
  request: Row<"request">,
  state: "withdrawn" | "expired",
  reason: string,
): Promise<void> {
  const now = ctx.clock();
  const client = await requireClient(tx, request.clientRowId);
  await update(
    tx,
    "request",
    { id: request.id },
    { state, decidedAt: now, decidedReason: reason, revision: request.revision + 1 },
  );
  if (client.lifecycle === "pending")
    await update(
      tx,
      "client",
      { id: client.id },
      { lifecycle: "discovered", lifecycleAt: now, updatedAt: now, revision: client.revision + 1 },
    );
  await note(ctx, tx, actor, {
    action: `request.${state}`,
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: { number: request.number, reason },
  });
}
