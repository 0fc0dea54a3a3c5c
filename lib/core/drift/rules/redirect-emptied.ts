import type { DriftRule } from "../Drift.ts";
import { phrase } from "../words.ts";

export const driftRedirectEmptied: DriftRule = {
  id: "drift.redirect-emptied",
  severity: "high",
  title: "No callback left",
  rationale:
    "The client still says that it signs people in, but no callback may receive the code. Some servers then accept any.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4.2",
  effect: "shrinkage",
  run({ redirects, after: { metadata } }) {
    if (redirects.before.length === 0 || redirects.after.length > 0) return [];
    if (!metadata.grant_types.includes("authorization_code")) return [];
    const before = redirects.before.map(({ uri }) => uri);
    return [
      {
        message: `Every callback was removed (${phrase(before)}), yet the client still uses the authorization code grant.`,
        path: "/redirect_uris",
        before,
      },
    ];
  },
};
