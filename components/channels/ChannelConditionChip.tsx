import { Chip, type Tone } from "#components/Chip.tsx";
import type { ShapeName } from "#components/Shape.tsx";

export type Condition = "works" | "untried" | "retrying" | "failing" | "off";

const looks: Record<Condition, readonly [Tone, ShapeName, string]> = {
  works: ["ok", "tick", "gets through"],
  untried: ["plain", "ring", "nothing sent yet"],
  retrying: ["hold", "half", "trying again"],
  failing: ["stop", "cross", "does not get through"],
  off: ["plain", "pause", "switched off"],
};

/** How a notification channel fares. */
export function ChannelConditionChip({ condition }: { condition: Condition }) {
  const [tone, shape, word] = looks[condition];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
    </Chip>
  );
}
