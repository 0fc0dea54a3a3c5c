import type { DriftRule } from "../Drift.ts";
import { addedRedirects, hostsOf } from "../addedRedirects.ts";

export const driftRedirectAddedSameSite: DriftRule = {
  id: "drift.redirect-added-same-site",
  severity: "high",
  title: "Callback added on another host of the same site",
  rationale:
    "Forgotten names of a site are what attackers take over first. Every new host is one more that must stay in good hands.",
  clause: "RFC 9700 §4.1.3 (subdomain takeover); draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "growth",
  run: (subject) =>
    addedRedirects(
      subject,
      ["same_site"],
      (uris, added) =>
        `Sign-in codes could now go to ${hostsOf(added)}; it is another host of the same site (added: ${uris}).`,
    ),
};
