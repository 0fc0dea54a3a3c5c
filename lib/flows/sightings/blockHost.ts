import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, findAll, insert } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

/** Every head names them: they share its 200 denies with what was suspended lately. */
const most = 100;

const hostInput = z
  .string({ error: "Name the host." })
  .trim()
  .toLowerCase()
  .max(253, "A host name has at most 253 characters.")
  .regex(
    /^(?=.*\.)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    "Name a host such as apps.example.com, without scheme, port or path.",
  );

export const blockHostInput = z.object({ host: hostInput, reason: reasonInput });

/**
 * Refuses every client of a host on every list, whatever else the lists say, with the release that is due now. One person
 * is enough; lifting it takes two.
 */
export async function blockHost(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof blockHostInput>,
): Promise<void> {
  requirePermission(actor, "shrink");
  const { host, reason } = parseInput(blockHostInput, input);
  await ctx.db.transaction(async (tx) => {
    if (await find(tx, "hostBlock", { host })) throw new Refusal("conflict", `${host} is blocked already.`);
    if ((await findAll(tx, "hostBlock")).length >= most)
      throw new Refusal(
        "conflict",
        `${most} hosts are blocked, and every release names each of them. Lift a block that is no longer needed first.`,
      );
    const at = ctx.clock();
    await insert(tx, "hostBlock", {
      host,
      reason,
      at,
      blockedBy: actor.kind === "person" ? actor.id : null,
    });
    await note(ctx, tx, actor, {
      action: "host.blocked",
      subject: { kind: "host", id: host, name: host },
      detail: { reason },
    });
    await scheduleRelease(ctx, tx, `blocked host ${host}`, 0, []);
  });
}
