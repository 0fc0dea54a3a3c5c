import type { DriftRule } from "../Drift.ts";
import { authDrift } from "../authDrift.ts";
import { quoted } from "../words.ts";

export const driftAuthDowngraded: DriftRule = {
  id: "drift.auth-downgraded",
  severity: "critical",
  title: "Client may stop proving who it is",
  rationale:
    "Whoever catches a code or a refresh token could then use it without the client's key. It is the strongest sign of a takeover.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.2, §8.4",
  effect: "growth",
  run({ before, after }) {
    const { chosenBefore, chosenAfter, offeredBefore, offeredAfter, isDowngrade } = authDrift(before, after);
    if (!isDowngrade) return [];
    const dropped = chosenBefore !== "none" && chosenAfter === "none";
    return [
      {
        message: dropped
          ? `The client would no longer authenticate: its method changed from ${quoted(chosenBefore)} to "none".`
          : `The client may now go without authentication: "none" was added to its methods beside ${quoted(chosenAfter)}.`,
        path: dropped ? "/token_endpoint_auth_method" : "/token_endpoint_auth_methods_supported",
        before: dropped ? chosenBefore : offeredBefore,
        after: dropped ? chosenAfter : offeredAfter,
      },
    ];
  },
};
