import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const fetchRedirect: Check = {
  id: "fetch.redirect",
  severity: "error",
  title: "Redirect instead of a document",
  rationale:
    "Redirects are never followed: the document would come from another place than the client_id names.",
  clause: draft("§5"),
  example: "301 from acme.com to www.acme.com",
  run({ response, fetchOutcome }) {
    const status = response?.status ?? 0;
    const redirected = fetchOutcome === "redirect" || (status >= 300 && status < 400 && status !== 304);
    if (!redirected) return [];
    const target = response?.headers["location"];
    const where = target === undefined ? "elsewhere" : `to "${visibleText(target)}"`;
    return [
      {
        message: `The URL redirects ${where}, which is not followed. Serve the document at the client_id itself.`,
        path: "response",
      },
    ];
  },
};
