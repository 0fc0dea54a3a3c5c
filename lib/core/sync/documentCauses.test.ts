import { describe, expect, test } from "vitest";
import type { CheckResult } from "#lib/core/check/Check.ts";
import { applyDefaults } from "#lib/core/document/applyDefaults.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import { documentCauses } from "./documentCauses.ts";

const live = {
  metadata: applyDefaults({ redirect_uris: ["https://a.example/cb", "https://b.example/cb"] }),
  keys: [
    { index: 0, jkt: "k1" },
    { index: 1, jkt: "k2" },
  ] as unknown as ParsedKey[],
};

function change(rule: string, of: Partial<Change> = {}): Change {
  return { rule: `drift.${rule}`, severity: "high", effect: "growth", message: `${rule}.`, path: "", ...of };
}

function error(rule: string, path: string): CheckResult {
  return { rule, severity: "error", message: `${rule} at ${path}.`, path };
}

const said = (changes: readonly Change[], results: readonly CheckResult[] = []) =>
  documentCauses(changes, { ...live, results }).map(
    ({ rule, severity, value }) => `${severity} ${rule} ${value}`,
  );

describe("a change is a cause", () => {
  const path = "/redirect_uris/1";
  const after = ["https://b.example/cb"];
  test.each<[string, Change, string[]]>([
    [
      "from medium on",
      change("redirect-removed", { severity: "medium", before: ["x"] }),
      ["medium drift.redirect-removed x"],
    ],
    ["not when it is low", change("key-retired", { severity: "low" }), []],
    ["not when it is only worth knowing", change("formatting-only", { severity: "info" }), []],
    [
      "named by the URI that was added",
      change("redirect-added-new-site", { path, after }),
      [`high drift.redirect-added-new-site ${after[0]}`],
    ],
    [
      "one for each of several",
      change("redirect-added-new-site", { path: "/redirect_uris", after: ["x", "y"] }),
      ["high drift.redirect-added-new-site x", "high drift.redirect-added-new-site y"],
    ],
    [
      "one when the news is that all are gone",
      change("redirect-emptied", { path: "/redirect_uris", before: ["x", "y"] }),
      ["high drift.redirect-emptied /redirect_uris"],
    ],
    [
      "named by its member, whatever it says now",
      change("client-name-changed", { path: "/client_name", before: "A", after: "B" }),
      ["high drift.client-name-changed /client_name"],
    ],
    [
      "named by the key, not by its place",
      change("key-same-kid-replaced", { path: "jwks#/keys/1", before: "old", after: "k2" }),
      ["high drift.key-same-kid-replaced k2"],
    ],
    [
      "of a key that is named by its place only",
      change("key-private-published", { path: "jwks#/keys/0" }),
      ["high drift.key-private-published k1"],
    ],
  ])("%s", (_, one, causes) => {
    expect(said([one])).toEqual(causes);
  });

  test("each of several says its own value", () => {
    const [first] = documentCauses([change("redirect-removed", { before: ["x", "y"] })], {
      ...live,
      results: [],
    });
    expect(first).toMatchObject({ message: 'Callback removed: "x".', before: ["x"], value: "x" });
  });
});

describe("an error is a cause", () => {
  test.each<[string, CheckResult, string[]]>([
    ["high", error("document.client-name", "/client_name"), ["high document.client-name /client_name"]],
    [
      "named by what stands at its place",
      error("redirect.wildcard", "/redirect_uris/1"),
      ["high redirect.wildcard https://b.example/cb"],
    ],
    [
      "critical and under the drift rule's name, when it is about who the client is",
      error("document.client-id-mismatch", "/client_id"),
      ["critical drift.client-id-mismatch /client_id"],
    ],
    [
      "the same without any client_id",
      error("document.client-id-missing", ""),
      ["critical drift.client-id-mismatch /client_id"],
    ],
    [
      "a private key",
      error("key.private-material", "jwks#/keys/0"),
      ["critical drift.key-private-published k1"],
    ],
    [
      "a secret",
      error("document.secret", "/client_secret"),
      ["critical drift.secret-published /client_secret"],
    ],
  ])("%s", (_, one, causes) => {
    expect(said([], [one])).toEqual(causes);
  });

  test("a warning is none", () => {
    expect(said([], [{ ...error("document.client-name", ""), severity: "warning" }])).toEqual([]);
  });
});

describe("what a change and an error tell alike is told once", () => {
  test.each<[string, Change, CheckResult]>([
    [
      "another client_id",
      change("client-id-mismatch", { path: "/client_id", before: "a", after: "b" }),
      error("document.client-id-mismatch", "/client_id"),
    ],
    [
      "a private key",
      change("key-private-published", { path: "jwks#/keys/1" }),
      error("key.private-material", "jwks#/keys/1"),
    ],
    [
      "a redirect",
      change("redirect-added-wildcard", { path: "/redirect_uris/1", after: ["https://b.example/cb"] }),
      error("redirect.wildcard", "/redirect_uris/1"),
    ],
    ["a document that is too large", change("document-unreadable", {}), error("fetch.size", "response")],
    [
      "a shared key",
      change("key-shared", { path: "jwks#/keys/1", after: "k2" }),
      error("key.shared", "jwks#/keys/1"),
    ],
  ])("%s", (_, one, result) => {
    expect(said([one], [result])).toHaveLength(1);
  });

  test("a symmetric key is a published one", () => {
    const results = [error("key.symmetric", "jwks#/keys/0"), error("key.private-material", "jwks#/keys/0")];
    expect(said([], results)).toEqual(["critical drift.key-private-published k1"]);
  });

  test.each<[string, Change, CheckResult]>([
    [
      "a redirect",
      change("redirect-added-same-host", { severity: "medium", path: "/redirect_uris/1", after: ["x"] }),
      error("redirect.too-long", "/redirect_uris/1"),
    ],
    [
      "a key set",
      change("key-source-changed", { severity: "medium", path: "/jwks_uri" }),
      error("document.jwks-uri-insecure", "/jwks_uri"),
    ],
  ])("an error is not hidden by a change that is only looked at: %s", (_, one, result) => {
    const cause = { ...one, ...(one.after ? { after: ["https://b.example/cb"] } : {}) };
    expect(said([cause], [result])).toEqual([
      expect.stringContaining(`medium ${one.rule}`),
      expect.stringContaining(`high ${result.rule}`),
    ]);
  });

  test("another redirect than the one that was added speaks for itself", () => {
    const one = change("redirect-added-same-host", {
      path: "/redirect_uris/1",
      after: ["https://b.example/cb"],
    });
    expect(said([one], [error("redirect.wildcard", "/redirect_uris/0")])).toHaveLength(2);
  });
});
