import type { NamespaceStanding } from "#lib/core/namespace/standing.ts";
import { Chip, type Tone } from "../Chip.tsx";
import type { ShapeName } from "../Shape.tsx";

const looks: Record<NamespaceStanding, readonly [words: string, tone: Tone, shape: ShapeName]> = {
  pending: ["Waits for votes", "hold", "ring"],
  approved: ["Approved", "ok", "tick"],
  full: ["Too many clients: closed", "stop", "triangle"],
  expired: ["Run out: closed", "stop", "half"],
  suspended: ["Suspended", "stop", "pause"],
  denied: ["Denied", "stop", "minus"],
  withdrawn: ["Withdrawn", "plain", "minus"],
  retired: ["Retired", "plain", "minus"],
};

/** How a namespace stands. */
export function NamespaceChip({ standing }: { standing: NamespaceStanding }) {
  const [words, tone, shape] = looks[standing];
  return (
    <Chip tone={tone} shape={shape}>
      {words}
    </Chip>
  );
}
