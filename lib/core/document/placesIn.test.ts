import { describe, expect, test } from "vitest";
import { parseJson } from "./parseJson.ts";
import { placesIn } from "./placesIn.ts";

const shown = (text: string, pointer: string) => {
  const place = placesIn(text).of.get(pointer);
  return place && text.slice(place.start, place.end);
};

const document = `{
  "client_id": "https://app.acme.com/c",
  "redirect_uris": ["https://a.example/cb", "https://b.example/cb"],
  "jwks": {"keys": [{"kty": "EC", "x/y~z": -1.5e3}, []]},
  "name \\"quoted\\"": true
}`;

test.each([
  ["", document],
  ["/client_id", '"client_id": "https://app.acme.com/c"'],
  ["/redirect_uris/1", '"https://b.example/cb"'],
  ["/jwks/keys/0", '{"kty": "EC", "x/y~z": -1.5e3}'],
  ["/jwks/keys/0/x~1y~0z", '"x/y~z": -1.5e3'],
  ["/jwks/keys/1", "[]"],
  ['/name "quoted"', '"name \\"quoted\\"": true'],
  ["/nothing", undefined],
])("%s", (pointer, text) => {
  expect(shown(document, pointer)).toBe(text);
});

test("of members that are there twice the last counts, as in the value", () => {
  expect(shown('{"a":1,"a":2}', "/a")).toBe('"a":2');
});

describe("a text that is no JSON", () => {
  test.each([
    ["", 0],
    ["<html>", 0],
    ['{"a":1 "b":2}', 7],
    ['{"a":1,}', 7],
    ["[1,]", 3],
    ['{"a" 1}', 5],
    ['{"a":1}}', 7],
    ['{"a":01}', 5],
    ['{"a":"\n"}', 5],
    ["[", 1],
    ["{]", 1],
    ["{1:2}", 1],
  ])("%j breaks at %i", (text, at) => {
    expect(placesIn(text).brokenAt).toBe(at);
    expect(parseJson(text).value).toBeUndefined();
  });
  test("what came before has its place", () => {
    expect(shown('{"a":1,"b"', "/a")).toBe('"a":1');
  });
  test("nesting costs no stack", () => {
    expect(placesIn("[".repeat(200_000)).brokenAt).toBe(200_000);
  });
});
