import type { DriftRule } from "../Drift.ts";
import { protections } from "../protections.ts";

export const driftProtectionDropped: DriftRule = {
  id: "drift.protection-dropped",
  severity: "medium",
  title: "Protection switched off",
  rationale:
    "Tokens bound to a key and signed or pushed requests stop an attacker who has caught a token or a link. Without them both are easier to use.",
  clause: "RFC 9449 §5.2; RFC 9126 §6; RFC 9101 §10.5; RFC 8705 §3.4",
  effect: "growth",
  run: ({ before, after, facts }) =>
    protections
      .filter(({ name }) => before.metadata.other[name] === true && after.metadata.other[name] !== true)
      .map(({ name, words }) => ({
        message: `The client no longer asks for ${words}: ${name} was true and is not any more.`,
        path: `/${name}`,
        severity:
          facts.profile === "atproto" && name === "dpop_bound_access_tokens" ? ("high" as const) : undefined,
        before: true,
        after: after.metadata.other[name],
      })),
};
