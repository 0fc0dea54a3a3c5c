import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { longestWaiver, needsSecond } from "#lib/core/finding/triage.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { actOnFinding, findingInput, momentInput, type TriageOutcome } from "./actOnFinding.ts";
import { proposalBy, waiver } from "./decideFinding.ts";

const waiveInput = z.object({
  ...findingInput,
  control: z
    .string({ error: "Name the control that makes up for it." })
    .trim()
    .min(10, "Say in a sentence what makes up for it while the waiver lasts.")
    .max(2_000, "At most 2,000 characters."),
  until: momentInput("Say when the waiver ends: at most 180 days from now."),
  note: reasonInput,
});

/**
 * Accepts the risk until a date, for a control that makes up for it. Of a high or critical finding this is a proposal,
 * which a reviewer or administrator who is somebody else confirms. At its end the finding opens again.
 */
export async function waiveFinding(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof waiveInput>,
): Promise<TriageOutcome> {
  const { control, until, note, ...asked } = parseInput(waiveInput, input);
  const now = ctx.clock();
  if (until <= now || until > now + longestWaiver)
    throw new Refusal("invalid_input", "A waiver lasts at most 180 days.", {
      until: "Choose a date within the next 180 days.",
    });
  return actOnFinding(ctx, actor, "waive", asked, (finding) => {
    const said = { kind: "waive", control, until, note } as const;
    return needsSecond("waive", finding.severity, ctx.config.solo)
      ? proposalBy(ctx, actor, said)
      : waiver(ctx, actor, said);
  });
}
