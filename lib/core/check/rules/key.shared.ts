import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyShared: Check = {
  id: "key.shared",
  severity: "error",
  title: "Key of another client",
  rationale: "Two clients with one key can each sign as the other; approving one approves both.",
  clause: "RFC 7523 §3 (the signature is what tells clients apart); ours",
  example: "The thumbprint of a key that https://other.acme.com/client.json publishes too",
  run: (facts) =>
    eachKey(facts, ({ jkt }, name) => {
      const other = jkt === undefined ? undefined : facts.otherKeyOwners?.get(jkt);
      if (other === undefined || other.clientId === facts.clientId) return undefined;
      return {
        message: `${name} is also a key of "${visibleText(other.clientId)}". Give each client its own.`,
        severity: other.sameOwner ? "warning" : undefined,
      };
    }),
};
