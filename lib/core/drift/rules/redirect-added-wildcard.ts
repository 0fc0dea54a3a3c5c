import type { DriftRule } from "../Drift.ts";
import { addedRedirects } from "../addedRedirects.ts";

export const driftRedirectAddedWildcard: DriftRule = {
  id: "drift.redirect-added-wildcard",
  severity: "critical",
  title: "Wildcard callback added",
  rationale:
    "Where a server reads the pattern, every host or path that fits receives codes; attackers need only one of them.",
  clause: "RFC 9700 §2.1, §4.1.3; OAuth 2.1 §2.3",
  effect: "growth",
  run: (subject) =>
    addedRedirects(
      subject,
      ["wildcard"],
      (uris) => `Sign-in codes could now go to whatever fits a wildcard or template (added: ${uris}).`,
    ),
};
