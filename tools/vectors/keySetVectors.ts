import { headTyp, keySetTyp, type KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { headUrl, issuer, now, type Put } from "./claims.ts";
import type { KeySetVector } from "./Vector.ts";
import { signClaims, signRaw, vectorKey, type VectorKey } from "./vectorKeys.ts";

const lifetime = 180 * 86_400;

/** Root-signed key sets: a chain of four in which the root changes and a stolen key is revoked, and what is wrong with others. */
export async function keySetVectors(put: Put, root: string, count: number): Promise<KeySetVector[]> {
  const [root1, root2, stranger] = (await Promise.all(["root 1", "root 2", "stranger"].map(vectorKey))) as [
    VectorKey,
    VectorKey,
    VectorKey,
  ];
  const [signing, next] = (await Promise.all(["signing", "next"].map(vectorKey))) as [VectorKey, VectorKey];
  const key = (each: VectorKey, state: "next" | "active") =>
    ({ ...each.publicJwk, state }) as KeySetClaims["keys"][0];
  const roots = (...keys: VectorKey[]) => keys.map(({ publicJwk }) => publicJwk as KeySetClaims["roots"][0]);
  const claims = (version: number, part: Partial<KeySetClaims>): KeySetClaims => ({
    iss: issuer,
    sub: `${issuer}/v1/keys`,
    iat: now - 1_000 + version,
    exp: now - 1_000 + version + lifetime,
    version,
    epoch: 1,
    roots: roots(root1),
    keys: [key(signing, "active"), key(next, "next")],
    revoked: [],
    ...part,
  });
  const file = async (name: string, by: VectorKey, said: KeySetClaims) =>
    put(`keys/${name}.jws`, await signClaims(by, keySetTyp, said));
  const revoked = [{ kid: signing.kid, at: now - 900, reason: "stolen" }];
  const third = claims(3, { epoch: 2, roots: roots(root1, root2), keys: [key(next, "active")], revoked });
  const fourth = claims(4, { epoch: 2, roots: roots(root2), keys: [key(next, "active")], revoked });

  const one = await file("1", root1, claims(1, {}));
  const two = await file("2-second-root", root1, claims(2, { roots: roots(root1, root2) }));
  const three = await file("3-revoked-new-epoch", root1, third);
  const four = await file("4-first-root-gone", root2, fourth);

  const vectors: KeySetVector[] = [];
  const add = (
    name: string,
    expect: string,
    version: number | null,
    what: string,
    chain: string[],
    how: Partial<KeySetVector> = {},
  ) => vectors.push({ name, what, root: root1.kid, chain, version, now, expect, ...how });
  const good = [one, two, three, four];
  add("chain-of-one", "ok", 1, "The first key set, signed by the root of the enrolment.", [one]);
  add("chain", "ok", 4, "A second root, a stolen key revoked in a new epoch, the first root gone.", good);
  add("skipped", "wrong_version", 1, "Version 3 where version 2 was asked for.", [one, three]);
  add("skipped-root", "root_not_trusted", 1, "Version 4, signed by a root that version 1 does not name.", [
    one,
    four,
  ]);
  add("forged", "root_not_trusted", 1, "Signed by a stranger.", [
    one,
    await file("2-by-stranger", stranger, claims(2, { roots: roots(stranger) })),
  ]);
  const inOurName = { alg: "ES256", kid: root1.kid, typ: keySetTyp };
  add("forged-kid", "bad_signature", 1, "Signed by a stranger in the name of our root.", [
    one,
    put("keys/2-by-stranger-as-root.jws", await signRaw(stranger, inOurName, claims(2, {}))),
  ]);
  add("by-signing-key", "root_not_trusted", 1, "Signed by a signing key, which is no root.", [
    one,
    await file("2-by-signing-key", signing, claims(2, {})),
  ]);
  add("removed-root", "root_not_trusted", 4, "Signed by a root that the one before removed.", [
    ...good,
    await file("5-by-removed-root", root1, { ...fourth, version: 5 }),
  ]);
  add("epoch-lowered", "epoch_lowered", 4, "Of a lower epoch than the one before.", [
    ...good,
    await file("5-lower-epoch", root2, { ...fourth, version: 5, epoch: 1 }),
  ]);
  add("wrong-first-root", "root_not_trusted", null, "The enrolment names another root.", [one], {
    root: stranger.kid,
  });
  add("wrong-typ", "wrong_typ", null, "A head's `typ`.", [
    put("keys/1-typ-of-head.jws", await signClaims(root1, headTyp, claims(1, {}))),
  ]);
  add("wrong-sub", "wrong_sub", null, "Of something else.", [
    await file("1-wrong-sub", root1, claims(1, { sub: headUrl })),
  ]);
  add("revoked-no-list", "malformed", 1, "A list of revocations that cannot be read.", [
    one,
    await file("2-revoked-no-list", root1, { ...claims(2, {}), revoked: "none" } as unknown as KeySetClaims),
  ]);

  const head = (epoch: number, at: number) => ({
    iss: issuer,
    sub: headUrl,
    iat: at - 100,
    exp: at - 100 + 86_400,
    v: 1,
    epoch,
    seq: 500,
    rev: 80,
    ttl: 10,
    root,
    count,
    deny: [],
  });
  const headFile = async (name: string, by: VectorKey, epoch: number, at = now) =>
    put(`heads/level-2-${name}.jws`, await signClaims(by, headTyp, head(epoch, at)));
  const today = await headFile("epoch-2", next, 2);
  add("head-of-the-epoch", "ok", 4, "A head of the chain's epoch, by the key that remains.", good, {
    head: today,
  });
  add("head-by-revoked-key", "key_revoked", 4, "A head by the stolen key.", good, {
    head: await headFile("by-revoked-key", signing, 2),
  });
  add("head-of-old-epoch", "wrong_epoch", 4, "A head of the old epoch, however high its `seq`.", good, {
    head: await headFile("old-epoch", next, 1),
  });
  add("head-of-new-epoch", "wrong_epoch", 4, "An epoch that no root began.", good, {
    head: await headFile("new-epoch", next, 3),
  });
  const lastDay = await headFile("last-day", next, 2, fourth.exp);
  add("expired", "key_set_expired", 4, "The newest key set has expired: no head is taken.", good, {
    head: lastDay,
    now: fourth.exp + 60,
  });
  add("expired-before-it", "ok", 4, "Only the newest key set's `exp` counts.", good, {
    head: lastDay,
    now: fourth.exp - 1,
  });
  return vectors;
}
