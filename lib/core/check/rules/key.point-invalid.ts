import { pointFault } from "#lib/core/keySet/pointFault.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyPointInvalid: Check = {
  id: "key.point-invalid",
  severity: "error",
  title: "Point not on its curve",
  rationale:
    "A point off its curve or of the wrong length is not a public key; some libraries leak or crash on it.",
  clause: "RFC 7518 §6.2.1; RFC 8037 §2; RFC 8812 §3",
  example: "P-256 with an x of 31 bytes",
  run: (facts) =>
    eachKey(facts, ({ publicJwk }, name) => {
      const fault = pointFault(publicJwk);
      return fault && `${name}: ${fault}. Export the public key again.`;
    }),
};
