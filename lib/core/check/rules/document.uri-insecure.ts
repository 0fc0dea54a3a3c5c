import type { Check } from "../Check.ts";
import { eachLink } from "../eachLink.ts";

export const documentUriInsecure: Check = {
  id: "document.uri-insecure",
  severity: "warning",
  title: "Unencrypted link",
  rationale:
    "Anyone on the way can replace the logo or the terms people are shown. atproto accepts https only.",
  clause: 'RFC 7591 §5; atproto OAuth profile, "Clients" (https)',
  example: '"logo_uri": "http://app.acme.com/logo.png"',
  run: (facts) =>
    eachLink(facts, ({ shown, url }) =>
      url?.protocol === "http:"
        ? {
            message: `${shown} is unencrypted. Use https.`,
            severity: facts.profile === "atproto" ? "error" : undefined,
          }
        : undefined,
    ),
};
