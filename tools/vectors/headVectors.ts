import { headTyp } from "#lib/core/allowlist/wire.ts";
import { claimsOf, headUrl, issuer, now, sha256, type Put } from "./claims.ts";
import { formVectors } from "./formVectors.ts";
import type { HeadVector, RememberedHead } from "./Vector.ts";
import { encode, signClaims, signRaw, vectorKey } from "./vectorKeys.ts";

/** Heads, good and bad, of a list whose tree has this root. */
export async function headVectors(put: Put, root: string, count: number): Promise<HeadVector[]> {
  const key = await vectorKey("signing");
  const next = await vectorKey("next");
  const stranger = await vectorKey("stranger");
  const jwks = put("jwks/good.json", set(key.publicJwk, next.publicJwk));
  const labelled = put("jwks/kid-is-a-label.json", set({ ...key.publicJwk, kid: "key-1" }));
  const swapped = put("jwks/kid-of-another-key.json", set({ ...stranger.publicJwk, kid: key.kid }));
  const encrypts = put("jwks/not-for-signatures.json", set({ ...key.publicJwk, use: "enc" }));

  const claims = claimsOf(root, count);
  const header = { alg: "ES256", kid: key.kid, typ: headTyp };
  const good = await signClaims(key, headTyp, claims);
  const other = root.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  const older = { ...claims, iat: now - 1_000, exp: now - 1_000 + 86_400 };

  const vectors: HeadVector[] = [];
  const add = (
    name: string,
    expect: string,
    what: string,
    jws: string,
    how: Partial<Omit<HeadVector, "head">> = {},
  ) => {
    const head = put(`heads/${name}.jws`, jws);
    vectors.push({ name, what, head, jwks, now, remembered: null, expect, ...how });
  };
  const sign = (part: object) => signClaims(key, headTyp, { ...claims, ...part });
  const remember = async (name: string, part: object): Promise<RememberedHead> => {
    const said = { ...older, ...part };
    const jws = await signClaims(key, headTyp, said);
    const head = put(`heads/remembered-${name}.jws`, jws);
    const { epoch, seq, rev, root: of, log } = said as typeof claims & Pick<RememberedHead, "log">;
    return { head, epoch, seq, rev, root: of, digest: sha256(jws), ...(log && { log }) };
  };
  const before = await remember("481", { seq: 481 });

  add("good", "ok", "A good head, the first one.", good);
  add(
    "good-next",
    "ok",
    "A good head that follows on the one remembered.",
    await sign({ prev: before.digest }),
    {
      remembered: before,
    },
  );
  const same: RememberedHead = {
    head: "heads/good.jws",
    epoch: 1,
    seq: 482,
    rev: 77,
    root,
    digest: sha256(good),
  };
  add("good-again", "ok", "The very head that is remembered.", good, { remembered: same });
  add(
    "good-next-key",
    "ok",
    "Signed by the other key of the key set.",
    await signClaims(next, headTyp, claims),
  );
  add(
    "good-unknown-claim",
    "ok",
    "An unknown claim that `crit` does not name is ignored.",
    await sign({ new: 1 }),
  );
  add("good-known-crit", "ok", "`crit` names a claim that is understood.", await sign({ crit: ["deny"] }));
  add("good-crit-ns", "ok", "`crit` names the namespaces.", await sign({ crit: ["ns"], ns: root }), {
    expect_without_namespaces: "unknown_critical_claim",
  });
  add("good-gap", "ok", "Gaps in `seq` are allowed; `prev` is then of a head never seen.", good, {
    remembered: await remember("400", { seq: 400 }),
  });
  add(
    "good-new-epoch",
    "ok",
    "A new epoch begins its `seq` anew.",
    await sign({ epoch: 2, seq: 1, rev: 1 }),
    {
      remembered: before,
    },
  );
  add("good-last-second", "ok", "`exp` is 59 seconds ago: within the 60 for clocks that disagree.", good, {
    now: claims.exp + 59,
  });
  add("good-clock-behind", "ok", "`iat` is 59 seconds ahead.", good, { now: claims.iat - 59 });
  add("good-min-seq", "ok", "`seq` is the enrolment's `min_seq`.", good, { min_seq: 482 });

  add("expired", "expired", "`exp` is 60 seconds ago.", good, { now: claims.exp + 60 });
  add("issued-in-future", "issued_in_future", "`iat` is 60 seconds ahead.", good, { now: claims.iat - 60 });
  const week = 7 * 86_400;
  add("good-seven-days", "ok", "`exp` is seven days after `iat`.", await sign({ exp: claims.iat + week }));
  const tooLong = await sign({ exp: claims.iat + week + 1 });
  add("lives-too-long", "lives_too_long", "`exp` is seven days and a second after `iat`.", tooLong);
  add("rolled-back", "rollback", "`seq` is lower than the one remembered.", await sign({ seq: 480 }), {
    remembered: before,
  });
  add("rolled-back-epoch", "rollback", "`epoch` is lower, though `seq` is higher.", good, {
    remembered: await remember("epoch-2", { epoch: 2, seq: 3 }),
  });
  add("below-min-seq", "rollback", "Nothing is remembered; `seq` is below the enrolment's `min_seq`.", good, {
    min_seq: 483,
  });
  add("below-min-seq-remembered", "rollback", "So it is beside what is remembered of the same epoch.", good, {
    min_seq: 483,
    remembered: await remember("400-again", { seq: 400 }),
  });
  const newEpoch = await sign({ epoch: 2, seq: 1, rev: 1 });
  add("min-seq-of-old-epoch", "ok", "`min_seq` says nothing about a newer epoch.", newEpoch, {
    min_seq: 482,
    remembered: before,
  });

  const log = { origin: "gov.example/log", size: 900, root: sha256("900") };
  const logged = { remembered: await remember("log", { seq: 481, log }) };
  const withLog = (part: object) => sign({ log: { ...log, ...part } });
  const longer = await withLog({ size: 901, root: sha256("901") });
  add("good-log-longer", "ok", "The log has grown.", longer, logged);
  add("good-log-same", "ok", "The log is as long as before.", await withLog({}), logged);
  add("good-log-gone", "ok", "A head without a checkpoint.", await sign({}), logged);
  const elsewise = await withLog({ origin: "other.example/log", size: 1, root: sha256("1") });
  add("good-log-other-origin", "ok", "Another log is not compared.", elsewise, logged);
  const shorter = await withLog({ size: 899, root: sha256("899") });
  add("log-shorter", "log_rollback", "The log became shorter.", shorter, logged);
  add(
    "log-split",
    "log_split",
    "Another log of the same size.",
    await withLog({ root: sha256("x") }),
    logged,
  );
  add("two-heads-one-seq", "equivocation", "Another head of the same `seq`.", await sign({ iat: now - 99 }), {
    remembered: same,
  });
  add(
    "two-roots-one-rev",
    "equivocation",
    "The same `rev` with another `root`.",
    await sign({ root: other }),
    {
      remembered: before,
    },
  );
  add(
    "other-prev",
    "equivocation",
    "The next `seq`, but `prev` is of another head.",
    await sign({ prev: sha256("") }),
    {
      remembered: before,
    },
  );

  add("wrong-iss", "wrong_iss", "Of another publisher.", await sign({ iss: "https://evil.example" }));
  const elsewhere = `${issuer}/v1/lists/other/head`;
  add("wrong-sub", "wrong_sub", "Of another list of the same publisher.", await sign({ sub: elsewhere }));
  add("sub-with-slash", "wrong_sub", "`sub` is compared as a string.", await sign({ sub: `${headUrl}/` }));
  add("unknown-version", "unknown_version", "`v` is 2.", await sign({ v: 2 }));
  const unknown = await sign({ crit: ["quota"], quota: 1 });
  add("unknown-crit", "unknown_critical_claim", "`crit` names a claim nobody knows.", unknown);
  const denied = { client_id: "https://denied.example/", at: now, reason: "blocked" };
  const denies = (length: number) => ({ deny: Array.from({ length }, () => denied) });
  add("good-most-denies", "ok", "200 denies.", await sign(denies(200)));
  add("version-text", "unknown_version", "`v` is a string.", await sign({ v: "1" }));
  add(
    "version-true",
    "unknown_version",
    "`v` is true, which some languages take for 1.",
    await sign({ v: true }),
  );
  add("version-missing", "unknown_version", "There is no `v`.", await sign({ v: undefined }));
  const malformed: [name: string, what: string, part: object][] = [
    ["too-many-denies", "201 denies.", denies(201)],
    ["deny-no-objects", "A deny is a string.", { deny: ["https://denied.example/"] }],
    ["deny-no-list", "`deny` is an object.", { deny: {} }],
    ["deny-null", "A deny names null beside a host.", { deny: [{ ...denied, jkt: null }] }],
    ["crit-null", "`crit` is null, which is not the same as absent.", { crit: null }],
    ["crit-number", "`crit` names a number.", { crit: [1] }],
    ["prev-null", "`prev` is null.", { prev: null }],
    ["prev-short", "`prev` is too short.", { prev: root.slice(1) }],
    ["ns-no-hash", "`ns` is not a hash.", { ns: "namespaces" }],
    ["keys-version-zero", "`keys_version` is 0.", { keys_version: 0 }],
    ["log-no-size", "`log` has no size.", { log: { origin: "gov.example/log", root } }],
    ["log-text", "`log` is a string.", { log: "gov.example/log" }],
    ["iss-missing", "There is no `iss`.", { iss: undefined }],
    ["sub-list", "`sub` is a list.", { sub: [headUrl] }],
    ["iat-missing", "There is no `iat`.", { iat: undefined }],
    ["count-text", "`count` is a string.", { count: "1" }],
    ["epoch-zero", "`epoch` is 0.", { epoch: 0 }],
    ["rev-zero", "`rev` is 0.", { rev: 0 }],
    ["ttl-zero", "`ttl` is 0.", { ttl: 0 }],
    ["crit-no-list", "`crit` is not a list.", { crit: "deny" }],
    ["seq-zero", "`seq` is 0.", { seq: 0 }],
    ["seq-fraction", "`seq` is not whole.", { seq: 482.5 }],
    ["seq-text", "`seq` is a string.", { seq: "482" }],
    ["seq-unsafe", "`seq` is 2^53.", { seq: 2 ** 53 }],
    ["root-upper-case", "`root` is not lower-case hex.", { root: root.toUpperCase().replace(/^./, "A") }],
    ["root-missing", "There is no `root`.", { root: undefined }],
    ["deny-missing", "There is no `deny`.", { deny: undefined }],
    [
      "deny-of-nothing",
      "A deny names nothing that is known.",
      { deny: [{ at: now, reason: "?", tenant: "x" }] },
    ],
    ["exp-text", "`exp` is a string.", { exp: String(claims.exp) }],
  ];
  for (const [name, what, part] of malformed) add(name, "malformed", what, await sign(part));
  add("payload-no-object", "malformed", "The payload is a list.", await signRaw(key, header, [claims]));
  add("payload-no-json", "malformed", "The payload is text.", await signRaw(key, header, "not json"));

  const [protectedPart = "", payload = "", signature = ""] = good.split(".");
  const tampered = `${protectedPart}.${encode({ ...claims, count: count + 1 })}.${signature}`;
  add("tampered-payload", "bad_signature", "`count` was changed after signing.", tampered);
  const flipped = signature.replace(/^./, (first) => (first === "A" ? "B" : "A"));
  add(
    "tampered-signature",
    "bad_signature",
    "One character of the signature.",
    `${protectedPart}.${payload}.${flipped}`,
  );
  const zeros = Buffer.alloc(64).toString("base64url");
  add("zero-signature", "bad_signature", "A signature of zeros.", `${protectedPart}.${payload}.${zeros}`);
  const der = derOf(Buffer.from(signature, "base64url")).toString("base64url");
  add(
    "der-signature",
    "bad_signature",
    "A right signature in DER, which JOSE does not use.",
    `${protectedPart}.${payload}.${der}`,
  );
  add("no-signature", "bad_signature", "The signature was cut off.", `${protectedPart}.${payload}.`);
  add(
    "forged",
    "bad_signature",
    "Signed by a stranger in the name of our key.",
    await signRaw(stranger, header, claims),
  );
  add(
    "truncated",
    "malformed",
    "Cut off inside the payload: two parts.",
    good.slice(0, protectedPart.length + 40),
  );
  add("not-a-jws", "malformed", "An error page.", "<html>Not found</html>");

  const raw = (part: object) => signRaw(key, { ...header, ...part }, claims);
  add(
    "alg-none",
    "alg_not_allowed",
    "`alg` none, no signature.",
    `${encode({ ...header, alg: "none" })}.${payload}.`,
  );
  add("alg-hs256", "alg_not_allowed", "A MAC keyed with the public key.", await raw({ alg: "HS256" }));
  add("alg-other", "alg_not_allowed", "An algorithm that was not configured.", await raw({ alg: "ES384" }));
  add("wrong-typ", "wrong_typ", "A key set's `typ`.", await raw({ typ: "cimd-allowlist-keys+jwt" }));
  add("typ-jwt", "wrong_typ", "Some other JWT of the publisher.", await raw({ typ: "JWT" }));
  add("typ-missing", "wrong_typ", "No `typ`.", await raw({ typ: undefined }));
  add("kid-missing", "malformed", "No `kid`.", await raw({ kid: undefined }));
  for (const extra of [
    { jku: "https://evil.example/jwks.json" },
    { jwk: stranger.publicJwk },
    { crit: ["b64"], b64: true },
    { x5u: "https://evil.example/x5u" },
    { zip: "DEF" },
    { cty: "jwt" },
  ]) {
    const name = Object.keys(extra)[0] as string;
    add(`header-${name}`, "header_not_allowed", `The header carries ${name}.`, await raw(extra));
  }
  add(
    "unknown-kid",
    "unknown_key",
    "Signed by a key the key set does not hold.",
    await signClaims(stranger, headTyp, claims),
  );
  add(
    "kid-is-a-label",
    "unknown_key",
    "The key set has the key, but its `kid` is not its thumbprint.",
    await raw({ kid: "key-1" }),
    {
      jwks: labelled,
    },
  );
  add(
    "kid-of-another-key",
    "unknown_key",
    "The key set has another key under our `kid`.",
    await signRaw(stranger, header, claims),
    {
      jwks: swapped,
    },
  );
  vectors.push(...(await formVectors(put, claims)));
  add("key-not-for-signatures", "unknown_key", "The key's `use` is enc.", good, { jwks: encrypts });
  return vectors;
}

function set(...keys: object[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}

/** r ‖ s as ASN.1 writes it. */
function derOf(signature: Buffer): Buffer {
  const number = (bytes: Buffer) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const short = bytes.subarray(first);
    const body = (short[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), short]) : short;
    return Buffer.concat([Buffer.of(2, body.length), body]);
  };
  const body = Buffer.concat([number(signature.subarray(0, 32)), number(signature.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}
