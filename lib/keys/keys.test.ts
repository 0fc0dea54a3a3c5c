import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, statSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { describe, expect, it } from "vitest";
import { composeHead } from "#lib/core/allowlist/composeHead.ts";
import { createSigningKey } from "./createSigningKey.ts";
import { kekOf, loadKek } from "./loadKek.ts";
import { localSigner } from "./localSigner.ts";
import { openPrivateJwk, resealPrivateJwk, sealPrivateJwk } from "./sealPrivateJwk.ts";
import { signHead } from "./signHead.ts";
import type { Random } from "./Random.ts";

const random = counting("a");
const kek = kekOf(new Uint8Array(32).fill(7));
const claims = composeHead({
  iss: "https://gov.example",
  sub: "https://gov.example/v1/lists/prod/head",
  now: 1_790_000_000_000,
  lifetime: 86_400_000,
  ttl: 10,
  epoch: 1,
  seq: 1,
  rev: 1,
  root: "0".repeat(64),
  count: 0,
  deny: [],
});

/** Repeatable bytes: each call hashes a counter. */
function counting(seed: string): Random {
  let n = 0;
  return (bytes) => new Uint8Array(createHash("sha256").update(`${seed}${n++}`).digest().subarray(0, bytes));
}

describe("createSigningKey", () => {
  it("seals a P-256 key whose kid is its thumbprint, and shows no private member", async () => {
    const key = await createSigningKey(kek, random);
    expect(key.publicJwk).not.toHaveProperty("d");
    const header = decodeProtectedHeader(key.sealed);
    expect(header).toEqual({
      alg: "dir",
      enc: "A256GCM",
      cty: "jwk+json",
      kid: kek.id,
      purpose: "cimd-head-signing",
    });
    expect(await openPrivateJwk(kek, key.sealed, key.kid)).toMatchObject({ x: key.publicJwk.x });
  });

  it("makes the same key from the same randomness and another from another", async () => {
    const [one, same, other] = await Promise.all(
      [counting("s"), counting("s"), counting("t")].map((each) => createSigningKey(kek, each)),
    );
    expect(one).toEqual(same);
    expect(one?.kid).not.toBe(other?.kid);
  });
});

describe("openPrivateJwk", () => {
  it("refuses another KEK, another row's kid, another purpose and a changed byte", async () => {
    const key = await createSigningKey(kek, random);
    const other = kekOf(new Uint8Array(32).fill(8));
    await expect(openPrivateJwk(other, key.sealed, key.kid)).rejects.toThrow(/cannot be opened/);
    await expect(openPrivateJwk(kek, key.sealed, "another")).rejects.toThrow(/holds another key/);
    const jwk = await openPrivateJwk(kek, key.sealed, key.kid);
    const log = await sealPrivateJwk(kek, jwk, random, "log-signing");
    await expect(openPrivateJwk(kek, log, key.kid)).rejects.toThrow(/another purpose/);
    const parts = key.sealed.split(".");
    parts[3] = `${parts[3]?.startsWith("A") ? "B" : "A"}${parts[3]?.slice(1)}`;
    await expect(openPrivateJwk(kek, parts.join("."), key.kid)).rejects.toThrow(/cannot be opened/);
  });

  it("opens under the new KEK after it was wrapped again", async () => {
    const key = await createSigningKey(kek, random);
    const next = kekOf(new Uint8Array(32).fill(9));
    const sealed = await resealPrivateJwk(kek, next, key.sealed, key.kid, random);
    expect(decodeProtectedHeader(sealed).kid).toBe(next.id);
    await expect(openPrivateJwk(next, sealed, key.kid)).resolves.toHaveProperty("d");
  });
});

describe("signHead", () => {
  it("signs with exactly alg, kid and typ, and jose verifies it", async () => {
    const key = await createSigningKey(kek, random);
    const head = await signHead(await localSigner(kek, key.sealed, key.kid), claims);
    expect(decodeProtectedHeader(head)).toEqual({ alg: "ES256", kid: key.kid, typ: "cimd-allowlist+jwt" });
    const { payload } = await compactVerify(head, await importJWK(key.publicJwk, "ES256"));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
  });

  it("refuses more than 64 KiB before anything is signed", async () => {
    const key = await createSigningKey(kek, random);
    const signer = await localSigner(kek, key.sealed, key.kid);
    let asked = 0;
    const counted = { ...signer, sign: (input: Uint8Array) => (asked++, signer.sign(input)) };
    const deny = [{ client_id: "https://x.example/c", at: 1, reason: "r".repeat(65_000) }];
    await expect(signHead(counted, { ...claims, deny })).rejects.toThrow(/limit is 65536/);
    expect(asked).toBe(0);
  });

  it("publishes nothing that its own public key does not verify", async () => {
    const key = await createSigningKey(kek, random);
    const signer = await localSigner(kek, key.sealed, key.kid);
    const faulty = { ...signer, sign: async () => new Uint8Array(64).fill(1) };
    await expect(signHead(faulty, claims)).rejects.toThrow(/does not verify with the public key/);
  });
});

describe("loadKek", () => {
  const bytes = Buffer.alloc(32, 5);
  const folder = () => mkdtempSync(join(tmpdir(), "kek-"));

  it.each(["hex", "base64", "base64url"] as const)("reads 32 bytes as %s", async (form) => {
    const loaded = await loadKek({ value: ` ${bytes.toString(form)}\n`, random });
    expect(loaded).toMatchObject({ from: "value", created: false, warnings: [], id: kekOf(bytes).id });
    expect(Buffer.from(loaded.key)).toEqual(bytes);
  });

  it.each([
    ["of another length", Buffer.alloc(16).toString("base64"), /has 16 bytes; it must have 32/],
    ["of no known form", "not a key!", /neither hex nor base64/],
  ])("refuses a value %s", async (_, value, message) => {
    await expect(loadKek({ value, random })).rejects.toThrow(message);
  });

  it("makes the file once, private, and reads it afterwards", async () => {
    const file = join(folder(), "new", "kek");
    const made = await loadKek({ file, random });
    expect(made).toMatchObject({ created: true, from: "file" });
    expect(made.warnings[0]).toMatch(/Back it up/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await loadKek({ file, random });
    expect(again).toMatchObject({ created: false, warnings: [], id: made.id });
  });

  it("gives both of two processes that start together the same key", async () => {
    const file = join(folder(), "kek");
    const both = await Promise.all([loadKek({ file, random }), loadKek({ file, random })]);
    expect(both[0]?.id).toBe(both[1]?.id);
  });

  it("warns of a file that others can read", async () => {
    const file = join(folder(), "kek");
    writeFileSync(file, bytes.toString("hex"));
    chmodSync(file, 0o644);
    expect((await loadKek({ file, random })).warnings[0]).toMatch(/chmod 600/);
  });

  it("says so when the file cannot be read, or nothing is configured", async () => {
    const file = join(folder(), "kek");
    mkdirSync(file);
    await expect(loadKek({ file, random })).rejects.toThrow(/cannot be read/);
    await expect(loadKek({ random })).rejects.toThrow(/No key-encryption key/);
  });
});
