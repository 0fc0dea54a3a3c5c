import type { DriftRule } from "../Drift.ts";
import { otherSite, siteOf } from "../siteOf.ts";
import { quoted } from "../words.ts";

export const driftJwksUriChanged: DriftRule = {
  id: "drift.jwks-uri-changed",
  severity: "high",
  title: "Keys come from another address",
  rationale:
    "Whoever runs that address decides which keys may speak for the client. On another domain that is somebody else.",
  clause: "RFC 7591 §2 (jwks_uri); draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "growth",
  run({ before, after }) {
    const [from, to] = [before.metadata.jwks_uri, after.metadata.jwks_uri];
    if (from === undefined || to === undefined || from === to) return [];
    const moved = siteOf(from) !== siteOf(to);
    const { name, words } = otherSite(to);
    return [
      {
        message: `The client's keys now come from ${quoted(to)} instead of ${quoted(from)}${moved ? `: ${quoted(name)} is ${words}` : ""}.`,
        path: "/jwks_uri",
        severity: moved ? "critical" : undefined,
        before: from,
        after: to,
      },
    ];
  },
};
