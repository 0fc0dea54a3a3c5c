import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { serverMembers } from "../memberNames.ts";

export const documentServerMetadata: Check = {
  id: "document.server-metadata",
  severity: "info",
  title: "Members of a server's metadata",
  rationale:
    "They have no meaning for a client. A document that also names an issuer or endpoints claims to be an authorization server, which a careless reader may believe.",
  clause: "RFC 8414 §2; RFC 7591 §2 (unknown members are ignored)",
  example: '"issuer": "https://app.acme.com"',
  run({ members = {} }) {
    const names = Object.keys(members).filter((name) => serverMembers.has(name));
    if (names.length === 0) return [];
    const claims = names.some((name) => name === "issuer" || name.endsWith("_endpoint"));
    const message = `${visibleText(names.join(", "))} ${names.length === 1 ? "describes" : "describe"} an authorization server, not a client. Remove ${names.length === 1 ? "it" : "them"}.`;
    return [{ message, path: "", severity: claims ? "warning" : undefined }];
  },
};
