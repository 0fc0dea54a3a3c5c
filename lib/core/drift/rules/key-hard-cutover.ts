import type { DriftRule } from "../Drift.ts";
import { thumbprints } from "../keyDrift.ts";
import { phrase } from "../words.ts";

export const driftKeyHardCutover: DriftRule = {
  id: "drift.key-hard-cutover",
  severity: "high",
  title: "Every key replaced at once",
  rationale:
    "Without an overlap this looks the same as a takeover. Ask the owner whether it was meant: an emergency rotation is a good reason.",
  clause: "OpenID Connect Core 1.0 §10.1.1; draft-ietf-oauth-client-id-metadata-document-02 §8.4.1",
  effect: "growth",
  run({ keys, facts: { announced } }) {
    if (keys?.cutover === undefined) return [];
    const before = thumbprints(keys.cutover.lost);
    const after = thumbprints(keys.cutover.gained);
    const known = announced === undefined || after.every((jkt) => announced.includes(jkt));
    return [
      {
        message: `Every key was replaced at once: ${phrase(before)} gave way to ${phrase(after)}, with no time when both were published${known ? "" : ", and nobody announced it"}.`,
        path: keys.cutover.gained[0]?.path.replace(/\/\d+$/, "") ?? "/jwks",
        severity: known ? undefined : "critical",
        before,
        after,
      },
    ];
  },
};
