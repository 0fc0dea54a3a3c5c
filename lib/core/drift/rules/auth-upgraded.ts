import type { DriftRule } from "../Drift.ts";
import { authDrift } from "../authDrift.ts";
import { quoted } from "../words.ts";

export const driftAuthUpgraded: DriftRule = {
  id: "drift.auth-upgraded",
  severity: "medium",
  title: "Client starts to authenticate",
  rationale:
    "An improvement that can break things: a server that only knows clients without authentication refuses it until it learns the method.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.2",
  effect: "neutral",
  run({ before, after }) {
    const { chosenBefore, chosenAfter, isUpgrade } = authDrift(before, after);
    if (!isUpgrade) return [];
    return [
      {
        message: `The client now authenticates with ${quoted(chosenAfter)}; before, it did not authenticate.`,
        path: "/token_endpoint_auth_method",
        before: chosenBefore,
        after: chosenAfter,
      },
    ];
  },
};
