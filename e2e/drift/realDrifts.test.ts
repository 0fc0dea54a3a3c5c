import { expect, test } from "vitest";
import { compareDocuments } from "#lib/core/drift/compareDocuments.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { realDrifts } from "./realDrifts.ts";

test("what the rules say of changes that well-known clients made", () => {
  const told = realDrifts().map(({ clientId, before, after }) => [
    new URL(clientId).host,
    ...compareDocuments({
      clientId,
      before: parseDocument(JSON.stringify(before)),
      after: parseDocument(JSON.stringify(after)),
    }).map(({ rule, severity, effect }) => `${severity} ${rule} ${effect}`),
  ]);
  expect(told).toEqual([
    ["chatgpt.com", "medium drift.auth-upgraded neutral", "low drift.signing-alg-changed growth"],
    ["chatgpt.com", "critical drift.auth-downgraded growth"],
    ["vscode.dev", "medium drift.logo-changed growth"],
    [
      "cursor.com",
      "critical drift.redirect-added-new-site growth",
      "medium drift.redirect-added-same-host growth",
    ],
  ]);
});
