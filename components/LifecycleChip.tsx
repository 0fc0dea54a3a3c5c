import type { Lifecycle } from "#lib/core/client.ts";
import { Chip, type Tone } from "./Chip.tsx";
import type { ShapeName } from "./Shape.tsx";

const looks: Record<Lifecycle, readonly [Tone, ShapeName, string]> = {
  discovered: ["plain", "dashed", "Discovered"],
  pending: ["hold", "ring", "Pending"],
  approved: ["ok", "tick", "Approved"],
  suspended: ["stop", "pause", "Suspended"],
  denied: ["stop", "minus", "Denied"],
  blocked: ["stop", "cross", "Blocked"],
  retired: ["plain", "minus", "Retired"],
};

/** The decision about a client. `expired`: approved once, past its `valid_until`. */
export function LifecycleChip({ lifecycle, expired = false }: { lifecycle: Lifecycle; expired?: boolean }) {
  if (expired && lifecycle === "approved")
    return (
      <Chip tone="stop" shape="half">
        Expired
      </Chip>
    );
  const [tone, shape, word] = looks[lifecycle];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
    </Chip>
  );
}
