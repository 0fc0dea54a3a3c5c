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
        ...(before.kid === after.kid ? [] : [changed("kid", before.kid, after.kid)]),
        ...(before.alg === after.alg ? [] : [changed("alg", before.alg, after.alg)]),
      ];
      if (words.length === 0) return [];
      const kept = (["kid", "alg"] as const).every(
        (name) => before[name] === undefined || before[name] === after[name],
      );
      return [
        {
          message: `The key ${quoted(after.jkt ?? "")} stayed the same, but ${words.join(" and ")}.`,
          path: after.path,
          // Atproto servers bind a session to all three of them; elsewhere, what was not named is missed by nobody.
          severity: facts.profile === "atproto" ? ("high" as const) : kept ? ("low" as const) : undefined,
          before: labels(before),
          after: labels(after),
        },
      ];
    }),
};

function changed(name: string, from: string | undefined, to: string | undefined): string {
  if (to === undefined) return `its ${name} is no longer named (it was ${quoted(from ?? "", 60)})`;
  return `its ${name} is now ${quoted(to, 60)}${from === undefined ? "" : ` instead of ${quoted(from, 60)}`}`;
}

function labels({ kid, alg }: { kid?: string; alg?: string }) {
  return { kid, alg };
}
