import { createECDH, createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { day, second } from "#lib/core/Instant.ts";
import type { KeyState } from "#lib/core/keyLife.ts";
import { thumbprint } from "#lib/core/keySet/thumbprint.ts";
import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { composeKeySet, type KeySetInput } from "./composeKeySet.ts";
import { judgeKeySet } from "./judgeKeySet.ts";
import { judgeKeySetHere } from "./judgeKeySetHere.ts";
import { keySetNeed } from "./keySetNeed.ts";
import type { KnownKey } from "./KnownKey.ts";
import { parseKeySetClaims } from "./parseKeySetClaims.ts";
import { readPublicJwk } from "./readPublicJwk.ts";

const now = 1_790_000_000_000;
const iss = "https://gov.example";

function jwkOf(name: string) {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(createHash("sha256").update(name).digest());
  const point = ecdh.getPublicKey();
  const part = (from: number) => point.subarray(from, from + 32).toString("base64url");
  const bare = { kty: "EC", crv: "P-256", x: part(1), y: part(33) };
  return { ...bare, kid: thumbprint(bare) ?? "", alg: "ES256", use: "sig" };
}
const kidOf = (name: string) => jwkOf(name).kid;
const known = (name: string, state: KeyState, more: Partial<KnownKey> = {}): KnownKey => ({
  kid: kidOf(name),
  state,
  publicJwk: jwkOf(name),
  publishedAt: now - 9 * day,
  ...more,
});

const keys = [known("a", "active"), known("n", "next"), known("r", "retiring"), known("o", "retired")];
const input = (more: Partial<KeySetInput> = {}): KeySetInput => ({
  iss,
  now,
  lifetime: 180 * day,
  epoch: 1,
  keys,
  ...more,
});
function compose(more: Partial<KeySetInput> = {}): KeySetClaims {
  const composed = composeKeySet(input(more));
  if (!composed.ok) throw new Error(composed.faults.join("\n"));
  return composed.claims;
}
const faultsOf = (more: Partial<KeySetInput>): string => {
  const composed = composeKeySet(input(more));
  return composed.ok ? "" : composed.faults.join(" ");
};
const first = compose({ addRoots: [jwkOf("root")] });
const gone = { kid: kidOf("a"), reason: "stolen" };
const revokedHere = known("a", "revoked", { revokedAt: now, revokedReason: "stolen" });

describe("composeKeySet", () => {
  it("names roots and keys with their states, and nothing that retired", () => {
    expect(first).toMatchObject({ iss, sub: `${iss}/v1/keys`, version: 1, epoch: 1, revoked: [] });
    expect(first.exp - first.iat).toBe((180 * day) / second);
    expect(first.keys.map(({ kid, state }) => [kid, state])).toEqual([
      [kidOf("a"), "active"],
      [kidOf("n"), "next"],
      [kidOf("r"), "retiring"],
    ]);
    expect(first.roots).toEqual([jwkOf("root")]);
  });

  it("starts at the epoch that the lists have, and raises it when asked", () => {
    expect(compose({ addRoots: [jwkOf("root")], epoch: 4 }).epoch).toBe(4);
    expect(compose({ last: first, newEpoch: true })).toMatchObject({ version: 2, epoch: 2 });
    expect(compose({ last: first })).toMatchObject({ version: 2, epoch: 1, roots: first.roots });
  });

  it("a revocation raises the epoch once, lets the next key sign, and is never forgotten", () => {
    const second = compose({ last: first, revoke: [gone] });
    expect(second).toMatchObject({ epoch: 2, revoked: [{ ...gone, at: now / 1_000 }] });
    expect(second.keys.map(({ state }) => state)).toEqual(["active", "retiring"]);
    const after = [revokedHere, known("n", "active")];
    expect(compose({ last: first, keys: after }).epoch).toBe(2);
    expect(compose({ last: second, keys: after, epoch: 2 })).toMatchObject({
      epoch: 2,
      revoked: second.revoked,
    });
  });

  it("changes the roots", () => {
    const second = compose({ last: first, addRoots: [jwkOf("new")], removeRoots: [kidOf("root")] });
    expect(second.roots).toEqual([jwkOf("new")]);
  });

  it.each<[string, Partial<KeySetInput>, RegExp]>([
    ["no root", {}, /names no root/],
    ["the last root removed", { last: first, removeRoots: [kidOf("root")] }, /names no root/],
    ["an unknown root removed", { last: first, removeRoots: ["x"] }, /There is no root x/],
    ["an unknown key revoked", { last: first, revoke: [{ kid: "x", reason: "" }] }, /no signing key x/],
    ["a private root", { addRoots: [{ ...jwkOf("root"), d: "x" }] }, /holds a private key/],
    ["a root that signs lists", { last: first, addRoots: [jwkOf("a")] }, /stands twice/],
    ["no key left", { last: first, keys: [known("a", "active")], revoke: [gone] }, /No key would be left/],
    ["no time", { last: first, lifetime: 0 }, /ran out/],
  ])("refuses %s", (_, more, words) => {
    expect(faultsOf(more)).toMatch(words);
  });
});

describe("judgeKeySet", () => {
  const next = compose({ last: first });
  it.each<[string, Partial<KeySetClaims>, RegExp | undefined]>([
    ["the next one", {}, undefined],
    ["an old version", { version: 1 }, /version 2 is next/],
    ["a skipped version", { version: 3 }, /version 2 is next/],
    ["another publisher", { iss: "https://evil.example" }, /issued for/],
    ["another subject", { sub: `${iss}/v1/lists/prod/head` }, /sub/],
    ["a lower epoch", { epoch: 0 }, /epoch is 0/],
    ["an epoch far ahead", { epoch: 2 ** 30 }, /epoch is/],
    ["one that ran out", { exp: now / 1_000 }, /ran out/],
    ["one of tomorrow", { iat: now / 1_000 + 86_400 }, /in the future/],
    ["a revocation in the same epoch", { revoked: [{ ...gone, at: 1 }] }, /same epoch/],
    ["a revoked key among the keys", { epoch: 2, revoked: [{ ...gone, at: 1 }] }, /although it revokes/],
    ["no keys", { keys: [] }, /no signing key/],
  ])("%s", (_, change, words) => {
    const faults = judgeKeySet({ ...next, ...change }, { iss, last: first, now }).join(" ");
    if (words) expect(faults).toMatch(words);
    else expect(faults).toBe("");
  });

  it("does not let a revocation be taken back", () => {
    const last = compose({ last: first, revoke: [gone] });
    const faults = judgeKeySet({ ...last, version: 3, revoked: [] }, { iss, last, now });
    expect(faults.join(" ")).toMatch(/stays revoked/);
  });
});

describe("judgeKeySetHere", () => {
  it.each<[string, readonly KnownKey[], RegExp | undefined]>([
    ["keys as proposed", keys, undefined],
    ["a key nobody here knows", keys.slice(0, 2), /not known here/],
    ["a key that retired since", [...keys.slice(0, 2), known("r", "retired")], /retired/],
    ["a key revoked since", [revokedHere, ...keys.slice(1)], /does not revoke/],
    ["another key signs by now", [known("b", "active"), ...keys], /does not name/],
  ])("%s", (_, here, words) => {
    const faults = judgeKeySetHere(first, here).join(" ");
    if (words) expect(faults).toMatch(words);
    else expect(faults).toBe("");
  });
});

describe("keySetNeed", () => {
  it.each<[string, readonly KnownKey[], number, number, boolean]>([
    ["nothing to say", keys, now, 0, false],
    ["a new next key", [...keys, known("b", "next")], now, 1, false],
    ["an active key it does not name", [known("b", "active"), ...keys.slice(1)], now, 1, true],
    ["a revoked key it names", [revokedHere, ...keys.slice(1)], now, 1, true],
    ["its last month", keys, now + 151 * day, 1, false],
    ["its end", keys, now + 181 * day, 1, true],
  ])("%s", (_, here, at, reasons, urgent) => {
    const need = keySetNeed(first, here, at);
    expect([need.reasons.length, need.urgent]).toEqual([reasons, urgent]);
  });
});

describe("what comes from outside", () => {
  it("is parsed strictly", () => {
    expect(parseKeySetClaims(first)).toEqual({ ok: true, claims: first });
    expect(parseKeySetClaims({ ...first, keys: [{ ...first.keys[0], d: "secret" }] }).ok).toBe(false);
    expect(parseKeySetClaims({ ...first, epoch: 1.5 }).ok).toBe(false);
    expect(parseKeySetClaims(null).ok).toBe(false);
  });

  it.each([
    [{ ...jwkOf("a"), kid: "mine" }, /not its thumbprint/],
    [{ ...jwkOf("a"), crv: "P-384" }, /not a P-256 key/],
    [{ ...jwkOf("a"), y: jwkOf("n").y, kid: undefined }, /not a point/],
    [{ ...jwkOf("a"), alg: "ES384" }, /not ES256/],
    ["text", /not a JSON Web Key/],
  ])("a key %# is refused", (jwk, words) => {
    const read = readPublicJwk(jwk);
    expect(read.ok ? "" : read.sentence).toMatch(words);
  });
});
