import { visibleText } from "#lib/core/document/visibleText.ts";
import { curves, okpBytes } from "#lib/core/keySet/curves.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyUnknownType: Check = {
  id: "key.unknown-type",
  severity: "warning",
  title: "Key of an unknown type",
  rationale:
    "Servers ignore keys they do not understand, so this one does not count as a successor in a rotation.",
  clause: "RFC 7517 §5",
  example: '{"kty":"EC","crv":"brainpoolP256r1"}',
  run: (facts) =>
    eachKey(facts, ({ kty, crv }, name) => {
      if (kty !== undefined && !["RSA", "EC", "OKP", "AKP", "oct"].includes(kty))
        return `${name} has the unknown kty "${visibleText(kty, 40)}". Most servers will ignore it.`;
      const known = kty === "EC" ? curves : kty === "OKP" ? okpBytes : undefined;
      if (known === undefined || crv === undefined || known.has(crv)) return undefined;
      return `${name} uses the unknown curve "${visibleText(crv, 40)}". Most servers will ignore it.`;
    }),
};
