import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyUseMissing: Check = {
  id: "key.use-missing",
  severity: "warning",
  title: "Key without use in a mixed set",
  rationale: "With encryption keys in the set a server cannot tell what a key without use is for.",
  clause: "RFC 7517 §4.2; OpenID Connect Registration 1.0 §2 (use is REQUIRED in mixed sets)",
  example: 'One key with "use": "enc", one without use',
  run(facts) {
    const mixed = facts.keys.some(
      ({ use, alg, crv }) =>
        use === "enc" || /^(?:ECDH|RSA)/.test(alg ?? "") || /^X(?:25519|448)$/.test(crv ?? ""),
    );
    return eachKey(facts, ({ use, kty }, name) =>
      mixed && kty !== undefined && use === undefined
        ? `${name} does not say what it is for, and the set also holds encryption keys. Add "use".`
        : undefined,
    );
  },
};
