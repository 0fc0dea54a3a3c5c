import { Chip, type Tone } from "./Chip.tsx";
import type { ShapeName } from "./Shape.tsx";

export type Severity = "critical" | "high" | "medium" | "low" | "info" | "error" | "warning";

const looks: Record<Severity, readonly [Tone, ShapeName, string]> = {
  critical: ["crit", "triangle", "Critical"],
  high: ["high", "diamond", "High"],
  medium: ["med", "square", "Medium"],
  low: ["low", "dot", "Low"],
  info: ["info", "ring", "Info"],
  error: ["stop", "cross", "Error"],
  warning: ["hold", "diamond", "Warning"],
};

/** How bad, or how risky: also takes a risk tier. `suffix` adds a word, e.g. "risk". */
export function SeverityChip({ severity, suffix }: { severity: Severity; suffix?: string }) {
  const [tone, shape, word] = looks[severity];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
      {suffix ? ` ${suffix}` : ""}
    </Chip>
  );
}
