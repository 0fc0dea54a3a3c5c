import type { DriftRule } from "../Drift.ts";
import { needsKeys } from "../authDrift.ts";
import { thumbprints } from "../keyDrift.ts";
import { counted, phrase } from "../words.ts";

export const driftKeyRetired: DriftRule = {
  id: "drift.key-retired",
  severity: "low",
  title: "Old key removed after its successor was visible",
  rationale:
    "This is how a planned rotation ends. The removed key is refused at once, wherever it is still in use.",
  clause: "OpenID Connect Core 1.0 §10.1.1",
  effect: "shrinkage",
  run({ keys, after }) {
    if (keys === undefined) return [];
    // Without a method that needs keys, taking them away is only tidy.
    const gone = keys.emptied && !needsKeys(after.metadata) ? keys.signedBefore : keys.retired;
    if (gone.length === 0) return [];
    const before = thumbprints(gone);
    return [
      {
        message: `The client took back ${counted(before.length, "key")}: ${phrase(before)}.`,
        path: gone[0]?.path.replace(/\/\d+$/, "") ?? "/jwks",
        before,
      },
    ];
  },
};
