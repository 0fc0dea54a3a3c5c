import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { actOnFinding, findingInput, findingNoteInput, type TriageOutcome } from "./actOnFinding.ts";

const assignInput = z.object({
  ...findingInput,
  /** A person of any team; null for nobody. */
  personId: z
    .string({ error: "Choose a person, or nobody." })
    .min(1, "Choose a person, or nobody.")
    .nullable(),
  note: findingNoteInput,
});

/** Names the person who deals with it, or nobody. */
export async function assignFinding(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof assignInput>,
): Promise<TriageOutcome> {
  const { personId, note, ...asked } = parseInput(assignInput, input);
  return actOnFinding(ctx, actor, "assign", asked, async (_finding, tx) => {
    const person = personId === null ? undefined : await find(tx, "person", { id: personId });
    if (personId !== null && (!person?.active || person.role === "auditor"))
      throw new Refusal("invalid_input", "That person cannot take a finding.", {
        personId: "Choose somebody who is active and not an auditor.",
      });
    return {
      change: { assigneeId: personId },
      action: "assigned",
      detail: {
        assignee: person ? { id: person.id, name: person.name } : null,
        ...(note ? { note } : {}),
      },
    };
  });
}
