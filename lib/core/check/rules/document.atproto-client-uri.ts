import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentAtprotoClientUri: Check = {
  id: "document.atproto-client-uri",
  severity: "error",
  title: "Home page on another host",
  rationale: "atproto only: the page that people are sent to must be on the host that the client_id proves.",
  clause: 'atproto OAuth profile, "Clients" (client_uri has the hostname of client_id)',
  example: '"client_uri": "https://www.acme.com/" for app.acme.com',
  run({ metadata, profile, clientId }) {
    const page = URL.parse(metadata?.client_uri ?? "");
    const own = URL.parse(clientId);
    if (profile !== "atproto" || page === null || own === null || page.origin === own.origin) return [];
    const message = `client_uri leads to ${visibleText(page.origin, 100)}, not to ${visibleText(own.origin, 100)}. Use a page of the client_id's own host.`;
    return [{ message, path: "/client_uri" }];
  },
};
