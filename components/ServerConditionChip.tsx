import { Chip, type Tone } from "./Chip.tsx";
import type { ShapeName } from "./Shape.tsx";

export type ServerCondition =
  "current" | "behind" | "failing" | "stale" | "silent" | "divergent" | "starting" | "never";

const looks: Record<ServerCondition, readonly [Tone, ShapeName, string]> = {
  current: ["ok", "tick", "current"],
  behind: ["hold", "half", "behind"],
  failing: ["stop", "cross", "refusing"],
  stale: ["high", "diamond", "not reporting"],
  silent: ["info", "ring", "never reports"],
  divergent: ["crit", "triangle", "foreign release"],
  starting: ["info", "half", "starting"],
  never: ["plain", "dashed", "never pulled"],
};

/** What a server is known to enforce. */
export function ServerConditionChip({
  condition,
  behind = 0,
}: {
  condition: ServerCondition;
  behind?: number;
}) {
  const [tone, shape, word] = looks[condition];
  return (
    <Chip tone={tone} shape={shape}>
      {condition === "behind" && behind > 0 ? `${behind} behind` : word}
    </Chip>
  );
}
