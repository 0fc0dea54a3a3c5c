import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentJwksUriCrossOrigin: Check = {
  id: "document.jwks-uri-cross-origin",
  severity: "warning",
  title: "Key set on another origin",
  rationale:
    "Whoever runs that origin can sign as the client. It may be a key service; somebody has to know.",
  clause:
    "RFC 9700 §2.5; draft-ietf-oauth-client-id-metadata-document-02 §8.2 (silent about the place; ours)",
  example: '"jwks_uri": "https://keys.acme.net/jwks.json" for app.acme.com',
  run({ metadata, clientId }) {
    const keys = URL.parse(metadata?.jwks_uri ?? "");
    const own = URL.parse(clientId);
    if (keys?.protocol !== "https:" || own === null || keys.origin === own.origin) return [];
    const message = `The key set is on ${visibleText(keys.host)}, the client_id on ${visibleText(own.host)}. Make sure that the client's owner runs both.`;
    return [{ message, path: "/jwks_uri" }];
  },
};
