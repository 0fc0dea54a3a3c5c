import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentSecret: Check = {
  id: "document.secret",
  severity: "error",
  title: "Secret in a public file",
  rationale:
    "Everybody can read the document. A secret in it is no secret, and a server that honours it lets anybody in.",
  clause: `${draft("§4.1")}; registration_access_token: RFC 7592 §3, ours`,
  example: '"client_secret": "s3cret"',
  run: ({ members = {} }) =>
    ["client_secret", "client_secret_expires_at", "registration_access_token"]
      .filter((name) => Object.hasOwn(members, name))
      .map((name) => {
        const empty = members[name] === null || members[name] === "";
        const message = empty
          ? `${name} is present, though empty. Remove the member.`
          : `${name} is published. Remove it, and replace the secret wherever it was used.`;
        return { message, path: `/${name}`, severity: empty ? "warning" : undefined };
      }),
};
