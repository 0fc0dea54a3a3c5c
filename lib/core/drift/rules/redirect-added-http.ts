import type { DriftRule } from "../Drift.ts";
import { addedRedirects } from "../addedRedirects.ts";

export const driftRedirectAddedHttp: DriftRule = {
  id: "drift.redirect-added-http",
  severity: "critical",
  title: "Unencrypted callback added",
  rationale: "Anyone on the way can read the code and redeem it.",
  clause: "RFC 7591 §5; RFC 9700 §2.6",
  effect: "growth",
  run: (subject) =>
    addedRedirects(
      subject,
      ["http"],
      (uris) => `Sign-in codes could now travel unencrypted (added: ${uris}).`,
    ),
};
