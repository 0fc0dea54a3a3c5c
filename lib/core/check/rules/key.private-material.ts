import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { eachKey } from "../eachKey.ts";

export const keyPrivateMaterial: Check = {
  id: "key.private-material",
  severity: "error",
  title: "Private key published",
  rationale:
    "Whoever has fetched the key set can sign as the client. p and q alone give the whole RSA key away.",
  clause: `${draft("§4.1")}; RFC 7518 §6`,
  example: '{"kty":"EC", …, "d":"…"}',
  run: (facts) =>
    eachKey(facts, ({ privateMembers }, name) =>
      privateMembers.length === 0
        ? undefined
        : `${name} publishes the private members ${privateMembers.join(", ")}. Remove the key at once and replace it everywhere.`,
    ),
};
