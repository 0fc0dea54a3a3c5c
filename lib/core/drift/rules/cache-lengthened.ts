import type { DriftRule } from "../Drift.ts";
import { day } from "#lib/core/Instant.ts";
import type { CheckResponse } from "#lib/core/check/CheckSubject.ts";

export const driftCacheLengthened: DriftRule = {
  id: "drift.cache-lengthened",
  severity: "low",
  title: "Document may be kept for longer",
  rationale: "A withdrawn key or callback stays usable for as long as servers may keep the old document.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §5.2; RFC 9111; MCP SEP-991 (24 hours)",
  effect: "neutral",
  run({ facts: { responses } }) {
    if (responses === undefined) return [];
    const [from, to] = [lifeOf(responses.before), lifeOf(responses.after)];
    if (to <= day || to <= from) return [];
    return [
      {
        message:
          to === Infinity
            ? "Servers may now keep the document for good: it is served as immutable."
            : `Servers may now keep the document for ${Math.floor(to / day)} days.`,
        path: "response",
        severity: to > 7 * day ? "medium" : undefined,
        before: responses.before.headers["cache-control"],
        after: responses.after.headers["cache-control"],
      },
    ];
  },
};

/** How long an answer may be kept, in milliseconds. */
function lifeOf({ headers }: CheckResponse): number {
  const control = headers["cache-control"]?.toLowerCase() ?? "";
  if (/\bimmutable\b/.test(control)) return Infinity;
  return Number(/(?:^|[\s,])max-age="?(\d+)/.exec(control)?.[1] ?? 0) * 1000;
}
