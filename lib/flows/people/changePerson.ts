import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find, insert, remove, update } from "#lib/db/rows.ts";
import { giveRole, refuseLastAdmin } from "./giveRole.ts";
import { roleInput } from "./invitePerson.ts";
import { note } from "#lib/flows/note.ts";

const changeInput = z.object({
  personId: z.string(),
  role: roleInput.optional(),
  active: z.boolean().optional(),
  teamIds: z.array(z.string()).optional(),
});

/**
 * Changes a person's role, teams, or whether they may sign in. A person who leaves loses every session at once. A role
 * that decides about trust waits for a reviewer (`confirmRole`); nobody makes themselves a reviewer.
 */
export async function changePerson(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof changeInput>,
): Promise<void> {
  requirePermission(actor, "administer");
  const { personId, teamIds, ...change } = parseInput(changeInput, input);
  await ctx.db.transaction(async (tx) => {
    const person = await find(tx, "person", { id: personId });
    if (!person) throw new Refusal("not_found", "This person is not known.");
    if (
      actor.kind === "person" &&
      actor.id === personId &&
      change.role === "reviewer" &&
      person.role !== "reviewer"
    )
      throw new Refusal(
        "not_allowed",
        "You cannot make yourself a reviewer: another administrator does that.",
        {
          role: "Ask another administrator.",
        },
      );
    const active = change.active ?? person.active;
    const by = actor.kind === "person" ? actor.id : null;
    const given =
      change.role !== undefined && change.role !== person.role
        ? await giveRole(ctx, tx, person, change.role, by)
        : undefined;
    await refuseLastAdmin(tx, person, { active, role: given?.role ?? person.role });
    const asked = active ? {} : { askedRole: null, askedRoleBy: null };
    await update(
      tx,
      "person",
      { id: personId },
      { active, ...given, ...asked, revision: person.revision + 1 },
    );
    if (change.active === false) await remove(tx, "session", { personId });
    if (teamIds) {
      await remove(tx, "membership", { personId });
      for (const teamId of new Set(teamIds)) {
        if (!(await find(tx, "team", { id: teamId })))
          throw new Refusal("invalid_input", "That team does not exist.", {
            teamIds: "Choose teams from the list.",
          });
        await insert(tx, "membership", { id: ctx.newId(), personId, teamId });
      }
    }
    await note(ctx, tx, actor, {
      action: "person.changed",
      subject: { kind: "person", id: personId, name: person.name },
      detail: { ...change, teamIds, ...(given?.askedRole ? { waitsForReviewer: true } : {}) },
    });
  });
}
