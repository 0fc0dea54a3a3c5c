import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { dismissReasons, type DismissReason } from "#lib/core/finding/Finding.ts";
import { needsSecond } from "#lib/core/finding/triage.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import type { Context } from "#lib/context.ts";
import { actOnFinding, findingInput, type TriageOutcome } from "./actOnFinding.ts";
import { dismissal, proposalBy } from "./decideFinding.ts";

const dismissInput = z.object({
  ...findingInput,
  reason: z.enum(dismissReasons as [DismissReason, ...DismissReason[]], {
    error: `Choose a reason: ${dismissReasons.join(", ")}.`,
  }),
  note: reasonInput,
});

/**
 * Puts it aside for good while the same cause stands. Of a high or critical one this is a proposal, which a reviewer or
 * administrator who is somebody else confirms.
 */
export async function dismissFinding(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof dismissInput>,
): Promise<TriageOutcome> {
  const { reason, note, ...asked } = parseInput(dismissInput, input);
  return actOnFinding(ctx, actor, "dismiss", asked, (finding) => {
    const said = { kind: "dismiss", reason, note } as const;
    return needsSecond("dismiss", finding.severity, ctx.config.solo)
      ? proposalBy(ctx, actor, said)
      : dismissal(ctx, actor, said);
  });
}
