import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyKidMissing: Check = {
  id: "key.kid-missing",
  severity: "warning",
  title: "Key without a name",
  rationale: "With more than one key a server cannot tell which one a signature was made with.",
  clause: "RFC 7517 §4.5; OpenID Connect Core 1.0 §10.1 (kid MUST be used with several keys)",
  example: "Two keys, one of them without kid",
  run: (facts) =>
    eachKey(facts, ({ kid, kty }, name) =>
      kty === undefined || (kid !== undefined && kid !== "")
        ? undefined
        : {
            message: `${name} has no kid. Add one, e.g. its RFC 7638 thumbprint.`,
            severity: facts.keys.length > 1 ? "error" : undefined,
          },
    ),
};
