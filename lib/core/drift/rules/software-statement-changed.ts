import type { DriftRule } from "../Drift.ts";
import { readStatement } from "../readStatement.ts";
import { quoted } from "../words.ts";

export const driftSoftwareStatementChanged: DriftRule = {
  id: "drift.software-statement-changed",
  severity: "high",
  title: "Software statement changed",
  rationale:
    "A server that trusts its issuer believes the statement before the document. Another issuer, or none, is another voucher.",
  clause: "RFC 7591 §2.3; draft-ietf-oauth-client-id-metadata-document-02 §4.3",
  effect: "growth",
  run({ before, after, facts: { now } }) {
    const [was, is] = [before.members, after.members].map(
      (members) => members["software_statement"] ?? undefined,
    );
    const [from, to] = [readStatement(before.members), readStatement(after.members)];
    const expired = now !== undefined && to.expires !== undefined && to.expires * 1000 <= now;
    const path = "/software_statement";
    const issuers = { before: from.issuer, after: to.issuer };
    if (was === is) return [];
    if (is === undefined) {
      const message = `The software statement${from.issuer === undefined ? "" : ` of ${quoted(from.issuer)}`} was removed.`;
      return [{ message, path, effect: "shrinkage", before: from.issuer }];
    }
    if (expired) return [{ message: "The software statement has expired.", path, ...issuers }];
    if (was === undefined) {
      const message = `A software statement was added${to.issuer === undefined ? "" : `; ${quoted(to.issuer)} issued it`}.`;
      return [{ message, path, after: to.issuer }];
    }
    if (from.issuer !== to.issuer) {
      const message = `The software statement is issued by ${quoted(to.issuer ?? "nobody")} instead of ${quoted(from.issuer ?? "nobody")}.`;
      return [{ message, path, ...issuers }];
    }
    // What it says is compared like the rest of the document.
    return [{ message: "The software statement was issued anew.", path, severity: "low", effect: "neutral" }];
  },
};
