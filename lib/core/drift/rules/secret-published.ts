import type { DriftRule } from "../Drift.ts";
import { forbiddenMembers } from "../otherMembers.ts";

export const driftSecretPublished: DriftRule = {
  id: "drift.secret-published",
  severity: "critical",
  title: "Secret published",
  rationale:
    "Everybody can read the document. A secret in it is no secret, and a server that honours it lets anybody in.",
  clause:
    "draft-ietf-oauth-client-id-metadata-document-02 §4.1; registration_access_token: RFC 7592 §3, ours",
  effect: "growth",
  run: ({ before, after }) =>
    [...forbiddenMembers].flatMap((name) => {
      const [from, to] = [before.members[name], after.members[name]];
      if (to === undefined || to === from) return [];
      const filled = name !== "client_secret_expires_at" && to !== null && to !== "";
      return [
        {
          // The value is for nobody's eyes.
          message: filled
            ? `A secret is published in the document: ${name}. It is lost and must be replaced wherever it was used.`
            : `The document now carries ${name}, which must never be there, although it reveals nothing yet.`,
          path: `/${name}`,
          severity: filled ? undefined : ("high" as const),
        },
      ];
    }),
};
