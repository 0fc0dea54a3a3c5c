import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { longestSnooze } from "#lib/core/finding/triage.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import {
  actOnFinding,
  findingInput,
  findingNoteInput,
  momentInput,
  type TriageOutcome,
} from "./actOnFinding.ts";

const snoozeInput = z.object({
  ...findingInput,
  /** At most 90 days ahead; null or absent: until the live document is another one. */
  until: momentInput("Give a date, or leave it out to wait for a change.").nullish(),
  note: findingNoteInput,
});

/** Lets it rest until a date, or until the document changes. It wakes by itself, and at once when it grows graver. */
export async function snoozeFinding(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof snoozeInput>,
): Promise<TriageOutcome> {
  const { until = null, note, ...asked } = parseInput(snoozeInput, input);
  const now = ctx.clock();
  if (until !== null && (until <= now || until > now + longestSnooze))
    throw new Refusal("invalid_input", "A finding is snoozed for at most 90 days.", {
      until: "Choose a date within the next 90 days.",
    });
  return actOnFinding(ctx, actor, "snooze", asked, (finding) => ({
    change: {
      state: "snoozed",
      snoozedUntil: until,
      snoozedSnapshotId: until === null ? finding.snapshotId : null,
    },
    action: "snoozed",
    detail: { until, untilChange: until === null, ...(note ? { note } : {}) },
  }));
}
