import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { asOpened } from "#lib/core/finding/asOpened.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import type { Context } from "#lib/context.ts";
import { actOnFinding, findingInput, type TriageOutcome } from "./actOnFinding.ts";

const reopenInput = z.object({ ...findingInput, note: reasonInput });

/** Takes back that it was put aside. Its deadlines begin anew. */
export async function reopenFinding(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof reopenInput>,
): Promise<TriageOutcome> {
  const { note, ...asked } = parseInput(reopenInput, input);
  return actOnFinding(ctx, actor, "reopen", asked, (finding) => ({
    change: asOpened(finding.severity, ctx.clock()),
    action: "reopened",
    detail: { note },
  }));
}
