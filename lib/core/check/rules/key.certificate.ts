import { certificateFacts } from "#lib/core/keySet/certificateFacts.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyCertificate: Check = {
  id: "key.certificate",
  severity: "warning",
  title: "Certificate that does not fit its key",
  rationale:
    "Servers that read the certificate and servers that read the key would trust different keys. An ending certificate is a rotation to prepare.",
  clause: "RFC 7517 §4.7, §4.9 (the key in the first certificate MUST match)",
  example: "x5c of last year's key",
  run: (facts) =>
    eachKey(facts, ({ publicJwk }, name) => {
      const chain: unknown = publicJwk["x5c"];
      // Seen live: an empty list, which says nothing.
      if (chain === undefined || (Array.isArray(chain) && chain.length === 0)) return undefined;
      const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
      const certificate = typeof first === "string" ? certificateFacts(first) : undefined;
      if (certificate === undefined)
        return `${name} has an x5c that is not a certificate. Remove or correct it.`;
      if (certificate.matches(publicJwk) === false)
        return `${name} has an x5c for another key. Replace the certificate, or remove it.`;
      const named = publicJwk["x5t#S256"];
      if (typeof named === "string" && named !== certificate.thumbprint)
        return `${name} has an x5t#S256 that is not that of its certificate. Correct or remove it.`;
      if (facts.now !== undefined && facts.now > certificate.notAfter)
        return `${name} has a certificate that ended on ${new Date(certificate.notAfter).toISOString().slice(0, 10)}. Renew it, or remove x5c.`;
      return undefined;
    }),
};
