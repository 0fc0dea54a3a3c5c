import type { DriftRule } from "../Drift.ts";
import { addedRedirects } from "../addedRedirects.ts";

export const driftRedirectAddedSameHost: DriftRule = {
  id: "drift.redirect-added-same-host",
  severity: "medium",
  title: "Callback added on a host already in use",
  rationale:
    "The same organisation runs it, but it is another program that receives sign-in codes from now on. Another port may be another service of the same machine.",
  clause: "RFC 9700 §2.1; draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "growth",
  run: (subject) => [
    ...addedRedirects(
      subject,
      ["same_origin"],
      (uris) => `Sign-in codes could now also go to ${uris}, on a host the client already uses.`,
    ),
    ...addedRedirects(subject, ["same_host"], (uris) => ({
      message: `Sign-in codes could now also go to ${uris}: a known host, on a port that was not in use before.`,
      severity: "high",
    })),
  ],
};
