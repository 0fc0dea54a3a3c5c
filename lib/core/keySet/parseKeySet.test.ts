import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { expect, test } from "vitest";
import { hasRocaFingerprint } from "./hasRocaFingerprint.ts";
import { parseKeySet } from "./parseKeySet.ts";
import { pointFault } from "./pointFault.ts";
import { rsaFacts } from "./rsaFacts.ts";
import { thumbprint } from "./thumbprint.ts";

const make = async (alg: string, options = {}): Promise<{ publicJwk: JWK; privateJwk: JWK }> => {
  const pair = await generateKeyPair(alg, { extractable: true, ...options });
  return { publicJwk: await exportJWK(pair.publicKey), privateJwk: await exportJWK(pair.privateKey) };
};
const members = (jwk: JWK) => jwk as unknown as Record<string, unknown>;

test.each(["ES256", "ES384", "ES512", "Ed25519", "RS256", "PS512"])(
  "%s: thumbprint as jose, sound, redacted",
  async (alg) => {
    const { publicJwk, privateJwk } = await make(alg);
    const expected = await calculateJwkThumbprint(publicJwk);
    expect(thumbprint(members(publicJwk))).toBe(expected);
    expect(pointFault(members(publicJwk))).toBeUndefined();
    const [key] = parseKeySet({ keys: [privateJwk] }, "inline").keys ?? [];
    expect(key?.publicJwk).toEqual(publicJwk);
    expect(key?.privateMembers).toContain("d");
    expect(key?.jkt).toBe(expected);
    expect(JSON.stringify(key)).not.toContain(privateJwk.d);
  },
);

test("RFC 7638 §3.1", () => {
  const n =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
  expect(thumbprint({ kty: "RSA", n, e: "AQAB", alg: "RS256", kid: "2011-04-29" })).toBe(
    "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
  );
  expect(rsaFacts({ kty: "RSA", n, e: "AQAB" })).toMatchObject({ bits: 2048, exponent: 65537n });
});

test("secp256k1's generator lies on its curve, its neighbour does not", () => {
  const b64 = (hex: string) => Buffer.from(hex, "hex").toString("base64url");
  const x = b64("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
  const y = b64("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
  const off = b64("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b9");
  expect(pointFault({ kty: "EC", crv: "secp256k1", x, y })).toBeUndefined();
  expect(pointFault({ kty: "EC", crv: "secp256k1", x, y: off })).toContain("does not lie on secp256k1");
});

const b64 = (bytes: number, fill = 1) => Buffer.alloc(bytes, fill).toString("base64url");
const points: [object, string | undefined][] = [
  [{ kty: "EC", crv: "P-256", x: b64(32) }, "y is missing"],
  [{ kty: "EC", crv: "P-256", x: b64(31), y: b64(32) }, "x has 31 bytes"],
  [{ kty: "EC", crv: "P-256", x: b64(32), y: b64(32) }, "does not lie on P-256"],
  [{ kty: "EC", crv: "P-384", x: b64(48, 255), y: b64(48, 255) }, "does not lie on P-384"],
  [{ kty: "EC", crv: "P-521", x: b64(65), y: b64(66) }, "instead of the 66"],
  [{ kty: "EC", crv: "P-256", x: "a+b/", y: b64(32) }, "x is missing or not base64url"],
  [{ kty: "OKP", crv: "Ed25519", x: b64(31) }, "31 bytes instead of the 32"],
  [{ kty: "OKP", crv: "X25519" }, "x is missing"],
  [{ kty: "OKP", crv: "Ed25519", x: b64(32) }, undefined],
  [{ kty: "EC", crv: "brainpoolP256r1" }, undefined],
  [{ kty: "RSA" }, undefined],
];

test.each(points)("%j → %s", (jwk, words) => {
  const fault = pointFault(jwk as Record<string, unknown>);
  if (words === undefined) expect(fault).toBeUndefined();
  else expect(fault).toContain(words);
});

const sets: [string, unknown, string, string, number | undefined][] = [
  ["an inline set", { keys: [] }, "inline", "", 0],
  ["a body", '{"keys":[{"kty":"EC"}]}', "https://a.example/jwks", "", 1],
  ["bytes", Buffer.from('{"keys":[]}'), "https://a.example/jwks", "", 0],
  ["no keys", {}, "inline", "", undefined],
  ["keys of the wrong type", { keys: {} }, "inline", "", undefined],
  ["a string where the set should be", '{"keys":[]}', "inline", "not_object", undefined],
  ["an array", "[]", "https://a.example/jwks", "not_object", undefined],
  ["not JSON", "<html>", "https://a.example/jwks", "not_json", undefined],
  ["not UTF-8", Buffer.from([0xff]), "https://a.example/jwks", "not_utf8", undefined],
  ["duplicates", '{"keys":[],"keys":[]}', "https://a.example/jwks", "duplicate_member", 0],
  ["junk among the keys", { keys: [null, 5, "x"] }, "inline", "", 3],
];

test.each(sets)("%s", (_, value, source, faults, count) => {
  const set = parseKeySet(value, source);
  expect(set.faults.map(({ kind }) => kind).join(" ")).toBe(faults);
  expect(set.keys?.length).toBe(count);
  expect(set.source).toBe(source);
});

test("an empty oth is not private material, a filled one is", () => {
  const names = (oth: unknown) =>
    parseKeySet({ keys: [{ kty: "EC", oth }] }, "inline").keys?.[0]?.privateMembers;
  expect(names([])).toEqual([]);
  expect(names([{ r: "x" }])).toEqual(["oth"]);
});

test("the digest ignores private members and spelling, not keys", () => {
  const digest = (body: string) => parseKeySet(body, "u").digest;
  expect(digest('{"keys":[{"kty":"EC","x":"a","d":"s"}]}')).toBe(digest('{ "keys": [{"x":"a","kty":"EC"}]}'));
  expect(digest('{"keys":[{"kty":"EC","x":"a"}]}')).not.toBe(digest('{"keys":[{"kty":"EC","x":"b"}]}'));
});

test("a symmetric key has no thumbprint", () => {
  expect(thumbprint({ kty: "oct", k: "AAAA" })).toBeUndefined();
});

test("the ROCA fingerprint tells a power of 65537 from a random modulus", async () => {
  const product = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n].reduce((a, b) => a * b);
  expect(hasRocaFingerprint(65537n ** 40n)).toBe(true);
  expect(hasRocaFingerprint(65537n ** 40n + product)).toBe(false);
  const { publicJwk } = await make("RS256");
  expect(hasRocaFingerprint(rsaFacts(members(publicJwk))?.modulus ?? 0n)).toBe(false);
});

test("more keys than a real set has are refused unread", () => {
  const of = (count: number) => parseKeySet({ keys: Array.from({ length: count }, () => ({})) }, "inline");
  expect(of(200)).toMatchObject({ faults: [], keys: { length: 200 } });
  const { keys, faults } = of(21_000);
  expect(keys).toBeUndefined();
  expect(faults.map(({ kind }) => kind)).toEqual(["too_many"]);
});
