import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftKeySameKidReplaced: DriftRule = {
  id: "drift.key-same-kid-replaced",
  severity: "critical",
  title: "Another key under the same name",
  rationale:
    "Servers remember keys by their kid. A key that changes silently under its name breaks caches, and is what an attacker would do to go unnoticed.",
  clause: "RFC 7517 §4.5; OpenID Connect Core 1.0 §10.1.1",
  effect: "growth",
  run: ({ keys }) =>
    (keys?.replaced ?? []).map(({ before, after }) => ({
      message: `The key named ${quoted(after.kid ?? "")} is another key now: ${quoted(after.jkt ?? "")} instead of ${quoted(before.jkt ?? "")}.`,
      path: after.path,
      before: before.jkt,
      after: after.jkt,
    })),
};
