import { describe, expect, test } from "vitest";
import { readAnnouncedKey } from "./readAnnouncedKey.ts";

// RFC 7638 §3.1
const n =
  "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
const jwk = { kty: "RSA", n, e: "AQAB", alg: "RS256", kid: "2011-04-29" };
const jkt = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

describe("readAnnouncedKey", () => {
  test.each<[string, unknown]>([
    ["a thumbprint", ` ${jkt}\n`],
    ["a JWK as a value", jwk],
    ["a JWK as text", JSON.stringify(jwk, null, 2)],
    ["a set of one", { keys: [jwk] }],
    ["empty private members", { ...jwk, d: "", oth: [] }],
  ])("%s", (_, given) => {
    expect(readAnnouncedKey(given)).toEqual({ jkt });
  });

  test.each<[string, unknown, RegExp]>([
    ["nothing", "", /Paste a public key/],
    ["a word", "hello", /43 letters/],
    ["half a JWK", '{"kty":"RSA"', /not JSON/],
    ["no members", {}, /no thumbprint/],
    ["a number", 4, /one public key/],
    ["a set of two", { keys: [jwk, jwk] }, /one key at a time/],
    ["PEM", "-----BEGIN PUBLIC KEY-----\nMI", /PEM/],
    ["private PEM", "-----BEGIN EC PRIVATE KEY-----\nMI", /private key/],
    ["a private JWK", { ...jwk, d: "secret" }, /private key/],
    ["primes without d", JSON.stringify({ ...jwk, p: "secret", q: "secret" }), /private key/],
    ["a symmetric key", { kty: "oct", k: "secret" }, /private key/],
    ["a private key in a set", { keys: [jwk, { ...jwk, d: "secret" }] }, /private key/],
  ])("%s", (_, given, fault) => {
    const read = readAnnouncedKey(given);
    expect(read).toEqual({ fault: expect.stringMatching(fault) as string });
    expect(JSON.stringify(read)).not.toContain("secret");
  });
});
