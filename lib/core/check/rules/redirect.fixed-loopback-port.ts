import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectFixedLoopbackPort: Check = {
  id: "redirect.fixed-loopback-port",
  severity: "info",
  title: "Fixed port on a loopback redirect",
  rationale: "Servers accept any port there. Some that do not will insist on this one, which may be taken.",
  clause: "RFC 8252 §7.3",
  example: "http://127.0.0.1:3000/callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, parts }, shown) =>
      kind === "loopback" && parts?.port !== undefined
        ? `${shown} names port ${visibleText(parts.port)}. Leave the port out: any will be accepted.`
        : undefined,
    ),
};
