import type { DriftRule } from "../Drift.ts";
import { thumbprints } from "../keyDrift.ts";
import { phrase } from "../words.ts";

export const driftKeyReturned: DriftRule = {
  id: "drift.key-returned",
  severity: "high",
  title: "Removed key is back",
  rationale:
    "Keys are often removed because they were lost. One that returns may be in the hands of whoever found it.",
  clause: "RFC 7638 (the comparison is ours)",
  effect: "growth",
  run({ keys }) {
    const [first] = keys?.returned ?? [];
    if (keys === undefined || first === undefined) return [];
    const after = thumbprints(keys.returned);
    return [
      { message: `A key that was removed earlier is back: ${phrase(after)}.`, path: first.path, after },
    ];
  },
};
