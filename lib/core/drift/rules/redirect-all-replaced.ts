import type { DriftRule } from "../Drift.ts";
import { phrase } from "../words.ts";

export const driftRedirectAllReplaced: DriftRule = {
  id: "drift.redirect-all-replaced",
  severity: "medium",
  title: "Every callback replaced at once",
  rationale:
    "No earlier callback works any more. A planned move keeps the old one for a while; a takeover does not.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "shrinkage",
  run({ redirects: { removed, added, allReplaced } }) {
    if (!allReplaced) return [];
    const origins = new Set(removed.map(({ uri }) => URL.parse(uri)?.origin));
    const moved = added.some(({ uri }) => !origins.has(URL.parse(uri)?.origin));
    const before = removed.map(({ uri }) => uri);
    return [
      {
        message: `None of the earlier callbacks is left (before: ${phrase(before)}; now: ${phrase(added.map(({ uri }) => uri))}).`,
        path: "/redirect_uris",
        severity: moved ? "high" : undefined,
        before,
      },
    ];
  },
};
