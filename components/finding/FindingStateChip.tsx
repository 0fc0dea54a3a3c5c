import type { FindingState } from "#lib/core/finding/Finding.ts";
import { Chip, type Tone } from "../Chip.tsx";
import type { ShapeName } from "../Shape.tsx";
import { stateLabels } from "./findingWords.ts";

const looks: Record<FindingState, readonly [Tone, ShapeName]> = {
  open: ["accent", "ring"],
  acknowledged: ["accent", "half"],
  snoozed: ["plain", "pause"],
  dismissed: ["plain", "minus"],
  waived: ["hold", "dashed"],
  resolved: ["ok", "tick"],
};

/** Where it stands in triage. What waits for a second person is said instead. */
export function FindingStateChip({
  state,
  proposal = null,
}: {
  state: FindingState;
  proposal?: "dismiss" | "waive" | null;
}) {
  const [tone, shape] = looks[state];
  if (proposal)
    return (
      <Chip tone="hold" shape="half" title="It takes a second person to confirm it">
        {proposal === "dismiss" ? "Dismissal" : "Waiver"} proposed
      </Chip>
    );
  return (
    <Chip tone={tone} shape={shape}>
      {stateLabels[state]}
    </Chip>
  );
}
