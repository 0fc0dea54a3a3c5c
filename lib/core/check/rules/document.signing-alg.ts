import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check, Problem } from "../Check.ts";
import { declaredMethods } from "../declaredMethods.ts";

export const documentSigningAlg: Check = {
  id: "document.signing-alg",
  severity: "warning",
  title: "Missing or forbidden signing algorithm",
  rationale:
    "A server that is not told the algorithm accepts several. none and HS* prove nothing with a public key. atproto requires the member for private_key_jwt and forbids it without.",
  clause: 'RFC 8725 §3.1, §3.2; OpenID Connect Registration 1.0 §2; atproto OAuth profile, "Clients"',
  example: '"token_endpoint_auth_signing_alg": "HS256"',
  run({ members = {}, metadata, profile }) {
    const forbidden = algorithms(members).filter(([, alg]) => /^(?:none|hs\d+)$/i.test(alg));
    const problems: Problem[] = forbidden.map(([path, alg]) => ({
      message: `The signing algorithm "${visibleText(alg, 40)}" needs no private key. Use ES256.`,
      path,
      severity: "error",
    }));
    const signs = declaredMethods(metadata).includes("private_key_jwt");
    const atproto = profile === "atproto";
    const named =
      members[single] !== undefined || (!atproto && Array.isArray(members[list]) && members[list].length > 0);
    if (signs && !named) {
      const message = `The document declares private_key_jwt but not ${single}. Add it, e.g. ES256.`;
      problems.push({ message, path: "", severity: atproto ? "error" : undefined });
    }
    if (atproto && metadata?.token_endpoint_auth_method === "none" && members[single] !== undefined) {
      const message = `${single} is present although the method is none, which atproto refuses. Remove it.`;
      problems.push({ message, path: `/${single}`, severity: "error" });
    }
    return problems;
  },
};

const single = "token_endpoint_auth_signing_alg";
const list = "token_endpoint_auth_signing_alg_values_supported";

function algorithms(members: Readonly<Record<string, unknown>>): [string, string][] {
  const one = members[single];
  const several: unknown = members[list];
  const found: [string, unknown][] = [[`/${single}`, one]];
  if (Array.isArray(several))
    several.forEach((alg: unknown, index) => found.push([`/${list}/${index}`, alg]));
  return found.filter((each): each is [string, string] => typeof each[1] === "string");
}
