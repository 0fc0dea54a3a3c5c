import type { DriftRule } from "../Drift.ts";
import { day, hour } from "#lib/core/Instant.ts";
import { defaultOverlap, thumbprints } from "../keyDrift.ts";
import { phrase } from "../words.ts";

export const driftKeyRemovedEarly: DriftRule = {
  id: "drift.key-removed-early",
  severity: "high",
  title: "Key removed before its successor was known everywhere",
  rationale:
    "Servers keep key sets for hours or days. Until they fetch again they do not know the new key, and what the old one signed is refused.",
  clause: "OpenID Connect Core 1.0 §10.1.1 (the length of the overlap is ours)",
  effect: "shrinkage",
  run({ keys, facts }) {
    const [first] = keys?.early ?? [];
    if (keys === undefined || first === undefined) return [];
    const before = thumbprints(keys.early.map(({ key }) => key));
    const visible = Math.min(...keys.early.map((each) => each.visible));
    return [
      {
        message: `A key went when its successor had been visible for ${time(visible)} instead of ${time(facts.overlap ?? defaultOverlap)} (removed: ${phrase(before)}).`,
        path: first.key.path.replace(/\/\d+$/, ""),
        before,
      },
    ];
  },
};

function time(duration: number): string {
  const [count, unit] =
    duration >= 2 * day ? [Math.floor(duration / day), "day"] : [Math.floor(duration / hour), "hour"];
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
