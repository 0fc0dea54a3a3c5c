import type { DriftRule } from "../Drift.ts";
import { addedRedirects } from "../addedRedirects.ts";

export const driftRedirectAddedLoopback: DriftRule = {
  id: "drift.redirect-added-loopback",
  severity: "high",
  title: "Callback added on the person's own computer",
  rationale:
    "Any program on that computer can listen there. That is usual for command-line tools and a change of kind for a client that was approved as a web application.",
  clause: "RFC 8252 §7.3, §8.1; MCP authorization 2026-07-28, security considerations",
  effect: "growth",
  run: (subject) => [
    ...addedRedirects(
      subject,
      ["first_loopback"],
      (uris) => `Sign-in codes could now go to programs on the person's own computer (added: ${uris}).`,
    ),
    ...addedRedirects(subject, ["more_loopback"], (uris) => ({
      message: `The client has more callbacks on the person's own computer than before (added: ${uris}).`,
      severity: "medium",
    })),
  ],
};
