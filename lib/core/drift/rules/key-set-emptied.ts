import type { DriftRule } from "../Drift.ts";
import { needsKeys } from "../authDrift.ts";
import { thumbprints } from "../keyDrift.ts";
import { phrase } from "../words.ts";

export const driftKeySetEmptied: DriftRule = {
  id: "drift.key-set-emptied",
  severity: "critical",
  title: "No key left to authenticate with",
  rationale:
    "The client still says that it authenticates with a key, but publishes none that can be used. Every server refuses it.",
  clause: "RFC 7517 §5; draft-ietf-oauth-client-id-metadata-document-02 §8.2",
  effect: "shrinkage",
  run({ keys, after }) {
    if (!keys?.emptied || !needsKeys(after.metadata)) return [];
    const before = thumbprints(keys.signedBefore);
    return [
      {
        message: `No usable key is left (before: ${phrase(before)}), yet the client still authenticates with one.`,
        path: after.members["jwks"] === undefined ? "jwks#/keys" : "/jwks/keys",
        before,
      },
    ];
  },
};
