import type { DriftRule } from "../Drift.ts";
import { canSign } from "../placedKeys.ts";
import { keyLabel, thumbprints } from "../keyDrift.ts";
import { phrase, quoted } from "../words.ts";

export const driftKeyWeakened: DriftRule = {
  id: "drift.key-weakened",
  severity: "high",
  title: "Weaker key, or a key with another use",
  rationale:
    "A weaker key is easier to forge than the ones it joins. A key that changes between signing and encrypting does a job it was not made for.",
  clause: "RFC 7518 §3.3; RFC 7517 §4.2; NIST SP 800-57 part 1",
  effect: "growth",
  run({ keys }) {
    if (keys === undefined) return [];
    const [first] = keys.weaker;
    const weaker = first && {
      message: `The client added a key that is weaker than those it had: ${phrase(keys.weaker.map(keyLabel))}.`,
      path: first.path,
      after: thumbprints(keys.weaker),
    };
    const turned = keys.kept
      .filter(({ before, after }) => canSign(before) !== canSign(after))
      .map(({ before, after }) => ({
        message: `The key ${quoted(keyLabel(after))} ${canSign(after) ? "now signs; before, it did not" : "no longer signs"}.`,
        path: after.path,
        before: before.use,
        after: after.use,
      }));
    return weaker === undefined ? turned : [weaker, ...turned];
  },
};
