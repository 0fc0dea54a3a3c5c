import { base64UrlToHex } from "#lib/core/keySet/base64url.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import type { Check, Problem } from "../Check.ts";
import type { CheckFacts } from "../factsOf.ts";
import { documentPrivateMaterial } from "./document.private-material.ts";
import { documentSecret } from "./document.secret.ts";
import { documentSymmetricAuth } from "./document.symmetric-auth.ts";

export const documentSoftwareStatement: Check = {
  id: "document.software-statement",
  severity: "warning",
  title: "Software statement",
  rationale:
    "Its claims override the document at servers that trust its issuer, and its signature is not verified here. What a document must not contain is forbidden in it too.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4.3; -03 §4.1; RFC 7591 §2.3, §3.1.1",
  example: '"software_statement": "eyJ…" with the claim client_secret',
  run(facts) {
    const statement = facts.members?.["software_statement"];
    if (statement === undefined) return [];
    const path = "/software_statement";
    const claims = typeof statement === "string" ? claimsOf(statement) : undefined;
    if (claims === undefined)
      return [{ message: "software_statement is not a signed JWT. Remove or correct it.", path }];
    const note: Problem = {
      message:
        "The document carries a software_statement whose signature is not verified here. Its claims win over the document at servers that trust its issuer.",
      path,
    };
    return [note, ...forbidden(facts, claims).map(inside)];
  },
};

/** The claims of a JWT (RFC 7519 §3), unverified; undefined when it is not one. */
function claimsOf(jwt: string): Readonly<Record<string, unknown>> | undefined {
  const parts = jwt.split(".");
  const hex = parts.length === 3 ? base64UrlToHex(parts[1]) : undefined;
  const octets = hex?.match(/../g)?.map((octet) => Number.parseInt(octet, 16));
  return octets && parseDocument(Uint8Array.from(octets)).members;
}

function forbidden(facts: CheckFacts, members: Readonly<Record<string, unknown>>): Problem[] {
  // Its key set is not the document's own, so no other check looks into it.
  const claims = { ...facts, members, keySetPath: "" };
  return [documentSecret, documentSymmetricAuth, documentPrivateMaterial].flatMap((check) =>
    check.run(claims).map((problem) => ({ severity: check.severity, ...defined(problem) })),
  );
}

function defined({ message, path, severity }: Problem): Problem {
  return severity === undefined ? { message, path } : { message, path, severity };
}

function inside({ message, severity }: Problem): Problem {
  const text = message.slice(0, 1).toLowerCase() + message.slice(1);
  return { message: `In software_statement: ${text}`, path: "/software_statement", severity };
}
