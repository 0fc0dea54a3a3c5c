import type { DriftRule } from "../Drift.ts";
import { phrase } from "../words.ts";

export const driftRedirectRemoved: DriftRule = {
  id: "drift.redirect-removed",
  severity: "medium",
  title: "Callback removed",
  rationale:
    "Sign-ins that still end there fail, and a code on its way must be refused. What a document loses leaves the allowlist at once: it may be an emergency.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4.2, §8.4",
  effect: "shrinkage",
  run({ redirects: { removed, allReplaced, after }, after: { metadata } }) {
    const emptied = after.length === 0 && metadata.grant_types.includes("authorization_code");
    if (removed.length === 0 || allReplaced || emptied) return [];
    const before = removed.map(({ uri }) => uri);
    const message = `${removed.length === 1 ? "A callback" : `${removed.length} callbacks`} can no longer be used (removed: ${phrase(before)}).`;
    return [{ message, path: "/redirect_uris", before }];
  },
};
