import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import type { Random } from "./Random.ts";
import { createRootKey, openRootKey, signKeySet } from "./rootKey.ts";
import { verifyKeySet } from "./verifyKeySet.ts";

let n = 0;
const random: Random = (bytes) =>
  new Uint8Array(createHash("sha256").update(`root${n++}`).digest().subarray(0, bytes));
const passphrase = "correct horse battery";

const root = await createRootKey(passphrase, random);
const other = await createRootKey(passphrase, random);
const signer = await openRootKey(root.sealed, passphrase);
const claims: KeySetClaims = {
  iss: "https://gov.example",
  sub: "https://gov.example/v1/keys",
  iat: 1_790_000_000,
  exp: 1_800_000_000,
  version: 1,
  epoch: 1,
  roots: [root.publicJwk],
  keys: [],
  revoked: [],
};
const jws = await signKeySet(signer, claims);
const [head = "", body = "", signature = ""] = jws.split(".");
const base64Url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a root key's file", () => {
  it("is a JWE that costs 128 MB of memory for each guess", () => {
    expect(decodeProtectedHeader(root.sealed)).toMatchObject({
      alg: "dir",
      enc: "A256GCM",
      purpose: "cimd-root",
      kid: root.publicJwk.kid,
      kdf: "scrypt",
      N: 131_072,
      r: 8,
      p: 1,
    });
    expect(root.publicJwk).not.toHaveProperty("d");
  });

  it.each([
    ["another passphrase", root.sealed, "correct horse batterz", /passphrase is another one/],
    ["a file of something else", "{}", passphrase, /not a root key file/],
    [
      "cheaper guesses",
      root.sealed.replace(/^[^.]+/, base64Url({ ...decodeProtectedHeader(root.sealed), N: 2 })),
      passphrase,
      /another key derivation/,
    ],
  ])("is not opened with %s", async (_, sealed, word, sentence) => {
    await expect(openRootKey(sealed, word)).rejects.toThrow(sentence);
  });

  it("needs a passphrase worth the name", async () => {
    await expect(createRootKey("short", random)).rejects.toThrow(/at least 12/);
  });
});

describe("verifyKeySet", () => {
  it("takes what a root signed, and says which", async () => {
    expect(await verifyKeySet(jws, [other.publicJwk, root.publicJwk])).toEqual({
      ok: true,
      kid: root.publicJwk.kid,
      claims,
    });
    expect((await verifyKeySet(jws)).ok).toBe(true);
  });

  it.each([
    ["a root of another chain", jws, [other.publicJwk], /not a root of the key set before/],
    [
      "changed claims",
      `${head}.${base64Url({ ...claims, epoch: 2 })}.${signature}`,
      [root.publicJwk],
      /verify/,
    ],
    ["a cut file", jws.slice(0, -9), [root.publicJwk], /does not verify/],
    ["no signature", `${base64Url({ alg: "none", typ: "x" })}.${body}.`, [root.publicJwk], /typ/],
    [
      "a header with a key of its own",
      `${base64Url({ alg: "ES256", kid: "x", typ: "cimd-allowlist-keys+jwt", jwk: {} })}.${body}.${signature}`,
      [root.publicJwk],
      /carries jwk/,
    ],
    [
      "a head",
      `${base64Url({ alg: "ES256", kid: "x", typ: "cimd-allowlist+jwt" })}.${body}.${signature}`,
      [root.publicJwk],
      /typ is cimd-allowlist\+jwt/,
    ],
    ["text", "nothing", [root.publicJwk], /not a compact JWS/],
    [
      "a first one by a stranger",
      `${head}.${base64Url({ ...claims, roots: [other.publicJwk] })}.${signature}`,
      undefined,
      /not among its own roots/,
    ],
    [
      "roots that are none",
      `${head}.${base64Url({ ...claims, roots: [null, 3] })}.${signature}`,
      undefined,
      /own roots/,
    ],
  ])("refuses %s", async (_, text, roots, words) => {
    const verified = await verifyKeySet(text, roots);
    expect(verified.ok ? "" : verified.sentence).toMatch(words);
  });
});
