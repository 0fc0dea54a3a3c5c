import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { keepOut } from "./keepOut.ts";
import { namespaceOf } from "#lib/flows/namespaces/namespaceOf.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

/** What happens when somebody says no: the request is closed, and a client that was never approved is denied. */
export async function denyRequest(
  ctx: Context,
  tx: Write,
  actor: Actor,
  request: Row<"request">,
  client: Row<"client">,
  reason: string,
): Promise<void> {
  const now = ctx.clock();
  await update(
    tx,
    "request",
    { id: request.id },
    { state: "denied", decidedAt: now, decidedReason: reason, revision: request.revision + 1 },
  );
  // Only a first approval decides about the client itself; a denied change leaves the approved copy as it was.
  if (request.kind === "approve")
    await update(
      tx,
      "client",
      { id: client.id },
      {
        lifecycle: "denied",
        lifecycleReason: reason,
        lifecycleAt: now,
        updatedAt: now,
        revision: client.revision + 1,
      },
    );
  // Its namespace would go on to admit it: the next release names it as refused.
  if (request.kind === "approve" && (await namespaceOf(tx, client.clientId)))
    await scheduleRelease(ctx, tx, `denied ${client.clientId}`, 0, [client.id]);
  // What was refused is decided: it stays out, and nobody is asked about it again until it changes.
  if (request.kind === "change") await keepOut(ctx, tx, client, actor, reason);
  await note(ctx, tx, actor, {
    action: "request.denied",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: { number: request.number, kind: request.kind, reason },
  });
}
