import type { Check, Problem } from "../Check.ts";

export const documentGrantResponseMismatch: Check = {
  id: "document.grant-response-mismatch",
  severity: "warning",
  title: "Grant types that do not fit the response types",
  rationale:
    "A response type without its grant is refused by some servers and allowed by others, who then do more than the document seems to ask for.",
  clause: "RFC 7591 §2.1; OpenID Connect Registration 1.0 §2",
  example: '"response_types": ["token"] without the grant type implicit',
  run({ members, metadata }) {
    if (members === undefined || metadata === undefined) return [];
    const grants = new Set(metadata.grant_types);
    const parts = new Set(metadata.response_types.flatMap((type) => type.split(" ")));
    const direct = parts.has("token") || parts.has("id_token");
    const problems: Problem[] = [];
    const found = (message: string, name: string) =>
      problems.push({ message, path: members[name] === undefined ? "" : `/${name}` });
    // The default response type says nothing about a client that uses no redirect.
    if (members["response_types"] !== undefined && parts.has("code") && !grants.has("authorization_code"))
      found(
        "response_types contains code but grant_types no authorization_code. Add it, or remove code.",
        "response_types",
      );
    if (direct && !grants.has("implicit"))
      found(
        "response_types asks for tokens from the authorization endpoint but grant_types has no implicit. Use code alone.",
        "response_types",
      );
    if (grants.has("authorization_code") && !parts.has("code"))
      found("grant_types contains authorization_code but response_types no code. Add code.", "grant_types");
    if (grants.has("implicit") && !direct)
      found("grant_types contains implicit, which no response type uses. Remove it.", "grant_types");
    return problems;
  },
};
