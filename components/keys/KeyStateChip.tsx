import type { KeyState } from "#lib/core/keyTimeline/keyState.ts";
import { Chip, type Tone } from "../Chip.tsx";
import type { ShapeName } from "../Shape.tsx";

const looks: Record<KeyState, readonly [Tone, ShapeName, string]> = {
  leaked: ["crit", "triangle", "private half leaked"],
  missed: ["high", "diamond", "announced, did not come"],
  swapped: ["crit", "triangle", "other key, same name"],
  cutover: ["high", "diamond", "replaced at once"],
  emptied: ["high", "diamond", "removed, none left"],
  early: ["high", "diamond", "removed too early"],
  returned: ["high", "diamond", "came back"],
  shared: ["high", "diamond", "shared"],
  overdue: ["med", "square", "rotation overdue"],
  removable: ["low", "dot", "may be removed"],
  due: ["low", "dot", "rotation due"],
  waiting: ["info", "half", "successor spreading"],
  announced: ["info", "dashed", "announced"],
  sole: ["ok", "dot", "in use"],
  newest: ["ok", "dot", "in use"],
  retired: ["plain", "minus", "retired"],
};

/** What is to be said of a key, in a word. */
export function KeyStateChip({ state }: { state: KeyState }) {
  const [tone, shape, word] = looks[state];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
    </Chip>
  );
}

export const keyStateWords = (state: KeyState): string => looks[state][2];
