import type { DriftRule } from "../Drift.ts";
import { addedRedirects, hostsOf } from "../addedRedirects.ts";

export const driftRedirectAddedSharedHost: DriftRule = {
  id: "drift.redirect-added-shared-host",
  severity: "critical",
  title: "Callback added on shared hosting or a tunnel",
  rationale:
    "Names on a platform or tunnel belong to whoever asked for them last. An abandoned one can be taken over by anybody, and with it the codes.",
  clause: "RFC 9700 §4.1.3; draft-ietf-oauth-client-id-metadata-document-02 §8.9",
  effect: "growth",
  run: (subject) => [
    ...addedRedirects(
      subject,
      ["shared_host"],
      (uris, added) =>
        `Sign-in codes could now go to somebody's place on shared hosting, ${hostsOf(added)} (added: ${uris}).`,
    ),
    ...addedRedirects(subject, ["approved_shared"], (uris, added) => ({
      message: `Sign-in codes could now go to shared hosting that is known to be the owner's, ${hostsOf(added)} (added: ${uris}).`,
      severity: "high",
    })),
  ],
};
