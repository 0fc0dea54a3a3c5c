import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { may } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { shrinkObstacle } from "#lib/core/review/transitions.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "./requireClient.ts";
import { resolveFindings } from "#lib/flows/findings/resolveFindings.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

const shrinkInput = z.object({ id: z.string(), reason: reasonInput });

/** Takes trust away at once; one person is enough. The next release is due now. */
export async function suspendClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  return shrink(ctx, actor, "suspended", input);
}

/** Refuses the client everywhere until two people unblock it: an explicit deny in every list. */
export async function blockClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  return shrink(ctx, actor, "blocked", input);
}

/** Takes the client out of use for good; it stays in the lists as a deny. */
export async function retireClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  return shrink(ctx, actor, "retired", input);
}

type Shrunk = "suspended" | "blocked" | "retired";

async function shrink(
  ctx: Context,
  actor: Actor,
  to: Shrunk,
  input: z.input<typeof shrinkInput>,
): Promise<void> {
  const { id, reason } = parseInput(shrinkInput, input);
  await ctx.db.transaction(async (tx) => {
    const client = await requireClient(tx, id);
    const own =
      actor.kind === "person" &&
      actor.role !== "auditor" &&
      client.ownerTeamId !== null &&
      actor.teamIds.includes(client.ownerTeamId);
    if (!own && !may(actor, "shrink"))
      throw new Refusal(
        "not_allowed",
        "Only the owner team, a reviewer or an administrator takes trust away from this client.",
      );
    const obstacle = shrinkObstacle(to, client.lifecycle);
    if (obstacle) throw new Refusal("conflict", obstacle);
    await shrinkInside(ctx, tx, actor, client, to, reason);
  });
}

/** The same inside a transaction: for rules that suspend. An open request of the client is closed with the same reason. */
export async function shrinkInside(
  ctx: Context,
  tx: Write,
  actor: Actor,
  client: Row<"client">,
  to: Shrunk,
  reason: string,
): Promise<void> {
  const now = ctx.clock();
  const open = await openRequestOf(tx, client.id);
  if (open)
    await update(
      tx,
      "request",
      { id: open.id },
      {
        state: "withdrawn",
        decidedAt: now,
        decidedReason: `The client was ${to}: ${reason}`,
        revision: open.revision + 1,
      },
    );
  await update(
    tx,
    "client",
    { id: client.id },
    {
      lifecycle: to,
      lifecycleReason: reason,
      lifecycleAt: now,
      updatedAt: now,
      revision: client.revision + 1,
    },
  );
  await note(ctx, tx, actor, {
    action: `client.${to}`,
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: { from: client.lifecycle, reason },
  });
  // What was found about a client that is out of use for good waits for nobody.
  if (to === "retired") await resolveFindings(ctx, tx, client, actor, `The client was retired: ${reason}`);
  await scheduleRelease(ctx, tx, `${to} ${client.clientId}`, 0, [client.id]);
}
