import type { CopyState } from "#lib/core/explain/adviseUnread.ts";
import { Chip, type Tone } from "../Chip.tsx";
import type { ShapeName } from "../Shape.tsx";

const looks: Record<CopyState, readonly [Tone, ShapeName, string]> = {
  none: ["stop", "cross", "no copy"],
  last_good: ["plain", "half", "last good copy"],
  waiting: ["hold", "pause", "copy waits"],
  attested: ["ok", "ring", "attested copy"],
  overdue: ["high", "diamond", "copy past its date"],
};

/** What stands in for a document that cannot be read. */
export function CopyChip({ state }: { state: CopyState }) {
  const [tone, shape, word] = looks[state];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
    </Chip>
  );
}
