import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectLoopback: Check = {
  id: "redirect.loopback",
  severity: "warning",
  title: "Redirect to the person's own computer",
  rationale:
    "Any program on that computer can present the client_id and listen there: the document does not prove which one does.",
  clause: "MCP SEP-991 and Security Best Practices (localhost impersonation); RFC 8252 §8.3, §8.6",
  example: "http://127.0.0.1/callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind }, shown) =>
      kind === "loopback"
        ? `${shown} leads to the person's own computer, where any program may listen. The consent page should say so.`
        : undefined,
    ),
};
