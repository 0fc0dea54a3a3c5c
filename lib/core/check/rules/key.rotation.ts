import type { Check } from "../Check.ts";

export const keyRotation: Check = {
  id: "key.rotation",
  severity: "warning",
  title: "Old key without a successor",
  rationale:
    "A key that was never replaced cannot be replaced in a hurry either. Announce a second one beside it, then retire the first.",
  clause: "OpenID Connect Core 1.0 §10.1.1 (the age is ours)",
  example: "One key, seen for more than a year",
  run({ keys, keyAges, keySetPath }) {
    const usable = keys.filter(({ use, kty, jkt }) => use !== "enc" && kty !== "oct" && jkt !== undefined);
    const [only] = usable;
    const seen = only?.jkt === undefined ? undefined : keyAges?.firstSeen.get(only.jkt);
    if (usable.length !== 1 || only === undefined || keyAges === undefined || seen === undefined) return [];
    const age = keyAges.now - seen;
    if (age <= (keyAges.maximumAge ?? 365 * day)) return [];
    const message = `The only signature key has been in use for ${Math.floor(age / day)} days. Publish its successor beside it.`;
    return [{ message, path: `${keySetPath}/keys/${only.index}` }];
  },
};

const day = 86_400_000;
