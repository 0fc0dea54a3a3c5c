import type { DriftRule } from "../Drift.ts";
import { addedRedirects } from "../addedRedirects.ts";

export const driftRedirectAddedDangerous: DriftRule = {
  id: "drift.redirect-added-dangerous",
  severity: "critical",
  title: "Callback added that must never receive a code",
  rationale:
    "It runs a script, opens a file, carries a user name or a fragment, or is no usable URL at all, so that servers disagree about where it leads.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.6; OAuth 2.1 §2.3",
  effect: "growth",
  run: (subject) =>
    addedRedirects(
      subject,
      ["dangerous"],
      (uris) => `Sign-in codes could now go where they must never go (added: ${uris}).`,
    ),
};
