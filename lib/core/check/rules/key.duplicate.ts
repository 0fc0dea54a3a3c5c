import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyDuplicate: Check = {
  id: "key.duplicate",
  severity: "warning",
  title: "One key listed twice",
  rationale: "It looks like a successor but is the same key: a rotation to it changes nothing.",
  clause: "RFC 7638 §1; RFC 7517 §4.5",
  example: 'The same x and y under "a" and "b"',
  run(facts) {
    const first = new Map<string, number>();
    return eachKey(facts, ({ index, jkt }, name) => {
      if (jkt === undefined) return undefined;
      const earlier = first.get(jkt);
      if (earlier === undefined) first.set(jkt, index);
      return earlier === undefined
        ? undefined
        : `${name} is the same key as key ${earlier + 1}. Keep one of the two.`;
    });
  },
};
