import type { DriftRule } from "../Drift.ts";

export const driftKeyPrivatePublished: DriftRule = {
  id: "drift.key-private-published",
  severity: "critical",
  title: "Private key published",
  rationale:
    "Whoever has read it can sign as the client. The key is lost, whatever happens next: stop trusting it at once.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4.1; RFC 7518 §6",
  effect: "growth",
  run({ before, after }) {
    const known = new Set(before.leaks.map(({ message }) => message));
    return after.leaks
      .filter(({ message }) => !known.has(message))
      .map(({ message, path }) => ({ message, path }));
  },
};
