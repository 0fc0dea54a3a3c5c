import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { nameInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, insert } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

const teamInput = z.object({ name: nameInput });

/** Adds a team that can own clients. */
export async function createTeam(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof teamInput>,
): Promise<{ id: string }> {
  requirePermission(actor, "administer");
  const { name } = parseInput(teamInput, input);
  const id = ctx.newId();
  await ctx.db.transaction(async (tx) => {
    if (await find(tx, "team", { name }))
      throw new Refusal("conflict", `There is already a team called ${name}.`, { name: "Taken." });
    await insert(tx, "team", { id, name, createdAt: ctx.clock() });
    await note(ctx, tx, actor, { action: "team.created", subject: { kind: "team", id, name } });
  });
  return { id };
}
