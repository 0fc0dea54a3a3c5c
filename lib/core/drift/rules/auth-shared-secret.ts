import type { DriftRule } from "../Drift.ts";
import { authDrift } from "../authDrift.ts";
import { phrase } from "../words.ts";

export const driftAuthSharedSecret: DriftRule = {
  id: "drift.auth-shared-secret",
  severity: "critical",
  title: "Authentication by a shared secret appeared",
  rationale:
    "A client known by a public document has no secret to share with a server. Servers that honour the method may fall back to no authentication.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4.1; -03 §4.1 for the list",
  effect: "growth",
  run({ before, after }) {
    const { secrets, chosenAfter, offeredBefore, offeredAfter } = authDrift(before, after);
    if (secrets.length === 0) return [];
    return [
      {
        message: `The client now names a method that needs a shared secret: ${phrase(secrets)}.`,
        path: secrets.includes(chosenAfter)
          ? "/token_endpoint_auth_method"
          : "/token_endpoint_auth_methods_supported",
        before: offeredBefore,
        after: offeredAfter,
      },
    ];
  },
};
