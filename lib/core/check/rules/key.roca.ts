import { hasRocaFingerprint } from "#lib/core/keySet/hasRocaFingerprint.ts";
import { rsaFacts } from "#lib/core/keySet/rsaFacts.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyRoca: Check = {
  id: "key.roca",
  severity: "error",
  title: "RSA key of a flawed library",
  rationale:
    "Keys made by certain Infineon chips can be factored from the public key alone (CVE-2017-15361).",
  clause: "RFC 8725 §3.2; CVE-2017-15361",
  example: "A modulus with the ROCA fingerprint",
  run: (facts) =>
    eachKey(facts, ({ publicJwk }, name) =>
      hasRocaFingerprint(rsaFacts(publicJwk)?.modulus ?? 0n)
        ? `${name} carries the ROCA fingerprint: its private key can be computed. Replace it.`
        : undefined,
    ),
};
