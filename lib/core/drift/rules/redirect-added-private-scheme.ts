import type { DriftRule } from "../Drift.ts";
import { addedRedirects } from "../addedRedirects.ts";

export const driftRedirectAddedPrivateScheme: DriftRule = {
  id: "drift.redirect-added-private-scheme",
  severity: "high",
  title: "Callback added that opens an app",
  rationale: "Another app on the same device may claim the scheme and receive the code instead.",
  clause: "RFC 8252 §7.1, §8.4",
  effect: "growth",
  run: (subject) => [
    ...addedRedirects(
      subject,
      ["new_scheme"],
      (uris) => `Sign-in codes could now go to whichever app claims the scheme (added: ${uris}).`,
    ),
    ...addedRedirects(subject, ["known_scheme"], (uris) => ({
      message: `The client has more callbacks into an app it already uses (added: ${uris}).`,
      severity: "medium",
    })),
  ],
};
