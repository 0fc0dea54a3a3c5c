import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const urlIssuerCollision: Check = {
  id: "url.issuer-collision",
  severity: "error",
  title: "Same string as an authorization server",
  rationale: "A client whose identifier equals an issuer can have tokens that are meant for the server.",
  clause: `${draft("§7.1")}; RFC 8414 §2`,
  example: "https://idp.acme.com/",
  run: ({ clientId, knownIssuers }) =>
    knownIssuers?.includes(clientId)
      ? [
          {
            message: `"${visibleText(clientId)}" is the issuer identifier of an authorization server we know. Give the client a URL of its own.`,
            path: "client_id",
          },
        ]
      : [],
};
