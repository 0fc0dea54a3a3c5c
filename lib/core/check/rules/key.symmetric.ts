import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { eachKey } from "../eachKey.ts";

export const keySymmetric: Check = {
  id: "key.symmetric",
  severity: "error",
  title: "Symmetric key or algorithm",
  rationale: 'A symmetric key in a public set is a published secret, and "none" is no signature at all.',
  clause: `${draft("§4.1")}; RFC 8725 §3.1, §3.2`,
  example: '{"kty":"oct","k":"…"}',
  run: (facts) =>
    eachKey(facts, ({ kty, alg }, name) => {
      if (kty === "oct") return `${name} is symmetric (kty "oct"). Remove it and publish a public key.`;
      if (alg !== undefined && /^(?:none|HS\d+)$/i.test(alg))
        return `${name} names the algorithm "${visibleText(alg)}". Use an asymmetric one, e.g. ES256.`;
      return undefined;
    }),
};
