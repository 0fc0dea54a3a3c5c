import type { DriftRule } from "../Drift.ts";
import type { CheckResponse } from "#lib/core/check/CheckSubject.ts";
import { quoted } from "../words.ts";

export const driftContentTypeChanged: DriftRule = {
  id: "drift.content-type-changed",
  severity: "low",
  title: "No longer served as JSON",
  rationale: "Text or HTML often means that the document moved to a file host. Strict servers refuse it.",
  clause: 'draft-ietf-oauth-client-id-metadata-document-02 §4; atproto OAuth profile, "Clients"',
  effect: "neutral",
  run({ facts: { responses, profile } }) {
    if (responses === undefined) return [];
    const [from, to] = [typeOf(responses.before), typeOf(responses.after)];
    const isJson = (type: string) =>
      type === "application/json" || (profile !== "atproto" && /^application\/[^;]+\+json$/.test(type));
    if (from === to || isJson(to) || !isJson(from)) return [];
    return [
      {
        message: `The document is served as ${quoted(to || "nothing in particular")} instead of ${quoted(from)}.`,
        path: "response",
        severity: profile === "atproto" ? "high" : undefined,
        before: from,
        after: to,
      },
    ];
  },
};

function typeOf({ headers }: CheckResponse): string {
  return headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
}
