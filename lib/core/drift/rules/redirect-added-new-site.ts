import type { DriftRule } from "../Drift.ts";
import { addedRedirects, hostsOf } from "../addedRedirects.ts";

export const driftRedirectAddedNewSite: DriftRule = {
  id: "drift.redirect-added-new-site",
  severity: "critical",
  title: "Callback added on a different site",
  rationale:
    "A code sent there can be redeemed by whoever runs that site. No approved callback uses it, so nobody has decided to trust it.",
  clause: "RFC 9700 §4.1; draft-ietf-oauth-client-id-metadata-document-02 §8.1, §8.4",
  effect: "growth",
  run: (subject) => [
    ...addedRedirects(
      subject,
      ["new_site"],
      (uris, added) =>
        `Sign-in codes could now go to a different organisation, ${hostsOf(added)} (added: ${uris}).`,
    ),
    ...addedRedirects(subject, ["approved_site"], (uris, added) => ({
      message: `Sign-in codes could now go to ${hostsOf(added)}, another domain of the owner (added: ${uris}).`,
      severity: "high",
    })),
  ],
};
