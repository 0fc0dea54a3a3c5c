import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftApplicationTypeChanged: DriftRule = {
  id: "drift.application-type-changed",
  severity: "medium",
  title: "Another kind of application",
  rationale:
    "Servers treat callbacks on the person's own computer differently for web and native applications, and trust web applications to keep a key.",
  clause: "OpenID Connect Registration 1.0 §2; RFC 8252 §8.4",
  effect: "growth",
  run({ before, after }) {
    const [from, to] = [before.metadata.application_type, after.metadata.application_type];
    if (from === to) return [];
    return [
      {
        message: `The client calls itself a ${quoted(to)} application; it was a ${quoted(from)} one.`,
        path: "/application_type",
        severity: from === "native" && to === "web" ? "high" : undefined,
        before: from,
        after: to,
      },
    ];
  },
};
