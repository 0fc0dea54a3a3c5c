import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentJwksUriInsecure: Check = {
  id: "document.jwks-uri-insecure",
  severity: "error",
  title: "Key set that is not served over https",
  rationale: "Whoever can change the answer on its way chooses the keys that the client is known by.",
  clause: "RFC 7591 §2; OpenID Connect Registration 1.0 §2 (MUST use https)",
  example: '"jwks_uri": "http://app.acme.com/jwks.json"',
  run({ metadata }) {
    const uri = metadata?.jwks_uri;
    if (uri === undefined || URL.parse(uri)?.protocol === "https:") return [];
    const message = `jwks_uri "${visibleText(uri)}" is not an https address. Serve the key set over https.`;
    return [{ message, path: "/jwks_uri" }];
  },
};
