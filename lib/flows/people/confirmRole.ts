import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";
import { isAgreed } from "#lib/flows/isAgreed.ts";
import { note } from "#lib/flows/note.ts";
import { refuseLastAdmin, takeRole } from "./giveRole.ts";

const confirmInput = z.object({
  personId: z.string(),
  verdict: z.enum(["confirm", "refuse"], { error: "Say whether they have the role." }),
});

/**
 * A second person says that somebody is who an administrator takes them for, and they have the role. One of the two is a
 * reviewer; nobody confirms their own role. Refusing takes one.
 */
export async function confirmRole(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof confirmInput>,
): Promise<void> {
  requirePermission(actor, "review");
  if (actor.kind !== "person") throw new Refusal("not_allowed", "A person confirms, not a token.");
  const { personId, verdict } = parseInput(confirmInput, input);
  await ctx.db.transaction(async (tx) => {
    const person = await find(tx, "person", { id: personId });
    if (!person) throw new Refusal("not_found", "This person is not known.");
    const { askedRole, askedRoleBy } = person;
    if (askedRole === null) throw new Refusal("conflict", `No role of ${person.name} waits to be confirmed.`);
    const confirms = verdict === "confirm";
    if (confirms) {
      if (person.id === actor.id)
        throw new Refusal("not_allowed", "It is your own role, so someone else must confirm it.");
      if (!person.active) throw new Refusal("conflict", `${person.name} is not here any more.`);
      if (!(await isAgreed(ctx, tx, actor, askedRoleBy)))
        throw new Refusal(
          "not_allowed",
          askedRoleBy === actor.id
            ? "You gave this role, so someone else must confirm it."
            : "Whoever gave this role has left. Let another administrator give it.",
        );
      await refuseLastAdmin(tx, person, { role: askedRole, active: true });
    }
    const roles = confirms ? takeRole(ctx, person, askedRole) : { askedRole: null, askedRoleBy: null };
    await update(tx, "person", { id: personId }, { ...roles, revision: person.revision + 1 });
    await note(ctx, tx, actor, {
      action: confirms ? "person.role_confirmed" : "person.role_refused",
      subject: { kind: "person", id: personId, name: person.name },
      detail: { role: askedRole, askedBy: askedRoleBy },
    });
  });
}
