import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { actOnFinding, findingInput, findingNoteInput, type TriageOutcome } from "./actOnFinding.ts";
import { dismissal, waiver } from "./decideFinding.ts";

const confirmInput = z.object({ ...findingInput, note: findingNoteInput });
const declineInput = z.object({ ...findingInput, note: reasonInput });

/** The second person agrees: what was proposed is in force from now on. */
export async function confirmProposal(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof confirmInput>,
): Promise<TriageOutcome> {
  const { note, ...asked } = parseInput(confirmInput, input);
  return actOnFinding(ctx, actor, "confirm", asked, async ({ proposal }, tx) => {
    if (!proposal) throw new Error("A proposal was confirmed that is not there.");
    if (proposal.kind === "waive" && proposal.until <= ctx.clock())
      throw new Refusal("conflict", "The end that was proposed has passed: decline it and propose another.");
    const first = await find(tx, "person", { id: proposal.by });
    const by = first && ({ kind: "person", ...first, teamIds: [] } as const);
    if (!by) throw new Error(`The person ${proposal.by} who proposed it is not there.`);
    if (!first.active)
      throw new Refusal(
        "conflict",
        `${first.name}, who proposed it, is not here any more: decline it, and propose it anew.`,
      );
    const decided = proposal.kind === "dismiss" ? dismissal(ctx, by, proposal) : waiver(ctx, by, proposal);
    return {
      ...decided,
      change: { ...decided.change, confirmedBy: actor.kind === "person" ? actor.id : null },
      detail: { ...decided.detail, proposedBy: by.name, ...(note ? { confirmation: note } : {}) },
    };
  });
}

/** The second person does not agree, or the first thought better of it: the finding stays as it is. */
export async function declineProposal(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof declineInput>,
): Promise<TriageOutcome> {
  const { note, ...asked } = parseInput(declineInput, input);
  return actOnFinding(ctx, actor, "decline", asked, ({ proposal }) => ({
    change: { proposal: null },
    action: "declined",
    detail: { proposed: proposal?.kind, note },
    aloneOnly: true,
  }));
}
