import { expect, test } from "vitest";
import { parseDocument } from "./parseDocument.ts";
import { redactDocument } from "./redactDocument.ts";

function redacted(text: string) {
  const document = parseDocument(text);
  if (!document.effective) throw new Error("not a document");
  return redactDocument({ ...document, effective: document.effective });
}

const key = { kty: "EC", crv: "P-256", x: "eA", y: "eQ" };
const block = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----";

test("a document without private parts stays as it came, byte for byte", () => {
  const text = `{ "client_id":"https://a.example.com/c",\n"jwks":{"keys":[${JSON.stringify(key)}]}, "d": "not a key" }`;
  expect(redacted(text).text).toBe(text);
});

test.each([
  ["in the inline key set", { jwks: { keys: [{ ...key, d: "secret" }] } }],
  ["in an extension member", { "com.example.keys": [{ jwk: { ...key, d: "secret", p: "secret" } }] }],
  ["in PEM", { note: `before ${block.replace("MIIB", "secret")} after` }],
  ["in PEM cut short", { note: "-----BEGIN EC PRIVATE KEY-----\nsecret" }],
])("a private part %s is neither stored nor shown", (_where, members) => {
  const { text, metadata } = redacted(JSON.stringify({ client_id: "https://a.example.com/c", ...members }));
  expect(text).not.toContain("secret");
  expect(JSON.stringify(metadata)).not.toContain("secret");
  expect(text).toContain("https://a.example.com/c");
});
