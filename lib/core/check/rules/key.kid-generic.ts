import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyKidGeneric: Check = {
  id: "key.kid-generic",
  severity: "info",
  title: "Key with a name like any other",
  rationale:
    "Unrelated clients use the same one, so it says nothing in a log, and tempts to keep it when the key is replaced.",
  clause: "RFC 7517 §4.5 (the list of names is ours)",
  example: '"kid": "key1"',
  run: (facts) =>
    eachKey(facts, ({ kid }, name) =>
      kid !== undefined &&
      /^(?:key|k|kid|default|main|primary|sig|signing|test|demo)?[-_]?(?:key)?[-_]?\d{0,2}$/i.test(kid) &&
      kid !== ""
        ? `${name} has a kid that many clients use. The RFC 7638 thumbprint is unique.`
        : undefined,
    ),
};
