import { rsaFacts } from "#lib/core/keySet/rsaFacts.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyMembersMissing: Check = {
  id: "key.members-missing",
  severity: "error",
  title: "Key without what makes it one",
  rationale: "Servers ignore such a key, so the client may have fewer keys than it seems.",
  clause: "RFC 7517 §4.1, §5; RFC 7518 §6.2.1, §6.3.1",
  example: '{"kty":"RSA","e":"AQAB"}',
  run: (facts) =>
    eachKey(facts, ({ publicJwk, kty, crv }, name) => {
      if (kty === undefined) return `${name} has no kty. Export the public key again.`;
      if (kty === "RSA")
        return rsaFacts(publicJwk) ? undefined : `${name} is an RSA key without a readable n and e.`;
      if ((kty === "EC" || kty === "OKP") && crv === undefined)
        return `${name} has the kty "${kty}" but no crv.`;
      return undefined;
    }),
};
