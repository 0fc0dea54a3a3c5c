import { describe, expect, test } from "vitest";
import { sha256Hex } from "#lib/core/sha256.ts";
import { parseDocument } from "./parseDocument.ts";

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

const cases: [string, Uint8Array | string, string, boolean][] = [
  ["an object", '{"client_id":"x"}', "", true],
  ["an object in bytes", bytes('{"client_id":"x"}'), "", true],
  ["a byte order mark", bytes([0xef, 0xbb, 0xbf], "{}"), "bom", true],
  ["a byte order mark in text", "\ufeff{}", "bom", true],
  ["Latin-1", bytes('{"client_name":"L', [0xf6], 'we"}'), "not_utf8", false],
  ["an overlong encoding", bytes('{"a":"', [0xc0, 0xaf], '"}'), "not_utf8", false],
  ["UTF-16", bytes([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), "not_utf8", false],
  ["nothing", "", "not_json", false],
  ["HTML", "<!doctype html>", "not_json", false],
  ["an array", "[]", "not_object", false],
  ["null", "null", "not_object", false],
  ["a string", '"{}"', "not_object", false],
  ["a duplicate", '{"client_id":"a","client_id":"b"}', "duplicate_member", true],
  ["half a surrogate pair in the text", '{"a":"\ud800"}', "lone_surrogate", true],
];

test.each(cases)("%s", (_, body, fault, hasMembers) => {
  const parsed = parseDocument(body);
  expect(parsed.faults.map(({ kind }) => kind).join(" ")).toBe(fault);
  expect(parsed.members !== undefined).toBe(hasMembers);
  expect(parsed.digests !== undefined).toBe(hasMembers && (fault === "" || fault === "bom"));
});

describe("digests", () => {
  const digests = (body: string | Uint8Array) => parseDocument(body).digests;

  test("raw is the exact bytes", () => {
    const body = '{ "client_id": "x" }';
    expect(digests(body)?.raw).toBe(sha256Hex(body));
    expect(digests(Buffer.from(body))?.raw).toBe(sha256Hex(body));
    expect(digests(`\ufeff${body}`)?.raw).toBe(sha256Hex(`\ufeff${body}`));
  });

  test("canonical ignores spelling, semantic ignores order and written-out defaults", () => {
    const a = digests('{"client_id":"x","redirect_uris":["https://a/1","https://a/2"]}');
    const spelled = digests('{ "redirect_uris":["https://a/1","https:\\/\\/a/2"], "client_id":"\\u0078" }');
    const reordered = digests('{"client_id":"x","redirect_uris":["https://a/2","https://a/1"]}');
    const defaults = digests(
      '{"client_id":"x","redirect_uris":["https://a/1","https://a/2"],"grant_types":["authorization_code"],"token_endpoint_auth_method":"none","application_type":"web","response_types":["code"]}',
    );
    const wider = digests('{"client_id":"x","redirect_uris":["https://a/1","https://a/2"],"scope":"a"}');
    expect(spelled?.raw).not.toBe(a?.raw);
    expect(spelled?.canonical).toBe(a?.canonical);
    expect(reordered?.canonical).not.toBe(a?.canonical);
    expect(reordered?.semantic).toBe(a?.semantic);
    expect(defaults?.semantic).toBe(a?.semantic);
    expect(wider?.semantic).not.toBe(a?.semantic);
  });

  test("the canonical form is RFC 8785", () => {
    expect(digests('{"b":1.0,"a":"\\u00f6","c":1e3}')?.canonical).toBe(sha256Hex('{"a":"ö","b":1,"c":1000}'));
  });
});
