import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftKeyShared: DriftRule = {
  id: "drift.key-shared",
  severity: "high",
  title: "Key shared with another client",
  rationale: "Each of the two can speak for the other. Losing one means losing both.",
  clause: "RFC 7638 (the comparison is ours); OWASP NHI9",
  effect: "growth",
  run({ keys, before, facts }) {
    if (keys === undefined) return [];
    const had = new Set(before.keys?.map(({ jkt }) => jkt));
    return keys.signsAfter.flatMap(({ jkt, path }) => {
      const other = facts.keysElsewhere?.find((each) => each.jkt === jkt);
      if (other === undefined || had.has(jkt)) return [];
      return [
        {
          message: `The new key ${quoted(jkt ?? "")} is also the key of another client, ${quoted(other.clientId)}.`,
          path,
          after: jkt,
        },
      ];
    });
  },
};
