import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyKidDuplicate: Check = {
  id: "key.kid-duplicate",
  severity: "error",
  title: "One name for different keys",
  rationale: "A server takes the first or the last key of that name and refuses what the other has signed.",
  clause: "RFC 7517 §4.5 (different keys SHOULD use distinct kid values); OpenID Connect Core 1.0 §10.1",
  example: 'Two keys with "kid": "1"',
  run(facts) {
    const first = new Map<string, ParsedKey>();
    return eachKey(facts, (key, name) => {
      if (key.kid === undefined) return undefined;
      // RFC 7517 §4.5 lets keys of different types that are alternatives share a name.
      const named = `${key.kty} ${key.kid}`;
      const earlier = first.get(named);
      if (earlier === undefined) first.set(named, key);
      return earlier === undefined || earlier.jkt === key.jkt
        ? undefined
        : `${name} has the kid of key ${earlier.index + 1}, which is another key. Rename one of them.`;
    });
  },
};
