import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftKeyRenamed: DriftRule = {
  id: "drift.key-renamed",
  severity: "medium",
  title: "Same key under another name or algorithm",
  rationale:
    "Nothing is gained, but servers that remember keys by name have to fetch again, and atproto servers end every session of the key.",
  clause: 'RFC 7517 §4.4, §4.5; atproto OAuth profile, "Clients"',
  effect: "neutral",
  run: ({ keys, facts }) =>
    (keys?.kept ?? []).flatMap(({ before, after }) => {
      if (keys?.replaced.some((pair) => pair.after.jkt === after.jkt)) return [];
      const words = [
        ...(before.kid === after.kid
          ? []
          : [`its kid is ${shown(after.kid)} instead of ${shown(before.kid)}`]),
        ...(before.alg === after.alg
          ? []
          : [`its alg is ${shown(after.alg)} instead of ${shown(before.alg)}`]),
      ];
      if (words.length === 0) return [];
      return [
        {
          message: `The key ${quoted(after.jkt ?? "")} stayed the same, but ${words.join(" and ")}.`,
          path: after.path,
          severity: facts.profile === "atproto" ? ("high" as const) : undefined,
          before: labels(before),
          after: labels(after),
        },
      ];
    }),
};

function shown(value: string | undefined): string {
  return value === undefined ? "absent" : quoted(value, 60);
}

function labels({ kid, alg }: { kid?: string; alg?: string }) {
  return { kid, alg };
}
