import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import type { Context } from "#lib/context.ts";
import { actOnFinding, findingInput, findingNoteInput, type TriageOutcome } from "./actOnFinding.ts";

const acknowledgeInput = z.object({ ...findingInput, note: findingNoteInput });

/** Somebody saw it and deals with it. Until it is decided, only the later deadline counts. */
export async function acknowledgeFinding(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof acknowledgeInput>,
): Promise<TriageOutcome> {
  const { note, ...asked } = parseInput(acknowledgeInput, input);
  return actOnFinding(ctx, actor, "acknowledge", asked, () => ({
    change: {
      state: "acknowledged",
      acknowledgedAt: ctx.clock(),
      acknowledgedBy: actor.kind === "person" ? actor.id : null,
    },
    action: "acknowledged",
    detail: note ? { note } : {},
  }));
}
