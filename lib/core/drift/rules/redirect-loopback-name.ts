import type { DriftRule } from "../Drift.ts";
import { loopbackOf } from "#lib/core/redirect/loopbackOf.ts";
import { quoted } from "../words.ts";

export const driftRedirectLoopbackName: DriftRule = {
  id: "drift.redirect-loopback-name",
  severity: "medium",
  title: "Loopback callback under another name",
  rationale:
    "The name localhost can be made to lead elsewhere; an address cannot. Servers do not treat the two as the same callback.",
  clause: "RFC 8252 §7.3, §8.3",
  effect: "growth",
  run: ({ redirects: { names } }) =>
    names.map(({ before, after, path }) => {
      const toName = loopbackOf(after)?.host === "localhost";
      return {
        message: `The callback ${quoted(before)} is now ${quoted(after)}: the same computer under ${toName ? "a name instead of an address" : "an address"}.`,
        path,
        severity: toName ? undefined : "low",
        before: [before],
        after: [after],
      };
    }),
};
