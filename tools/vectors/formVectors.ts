import { calculateJwkThumbprint } from "jose";
import { headTyp } from "#lib/core/allowlist/wire.ts";
import { now, type Claims, type Put } from "./claims.ts";
import type { HeadVector } from "./Vector.ts";
import { encode, signInput, signRaw, vectorKey } from "./vectorKeys.ts";

/** Heads in which parsers differ: how JSON, base64url and key sets may be written, and how they may not. */
export async function formVectors(put: Put, claims: Claims): Promise<HeadVector[]> {
  const key = await vectorKey("signing");
  const stranger = await vectorKey("stranger");
  const header = { alg: "ES256", kid: key.kid, typ: headTyp };
  const good = await signRaw(key, header, claims);
  const [start = "", payload = "", signature = ""] = good.split(".");
  const set = (...keys: unknown[]) => `${JSON.stringify({ keys }, null, 2)}\n`;
  const jwks = "jwks/good.json";

  const vectors: HeadVector[] = [];
  const add = (name: string, expect: string, what: string, jws: string, how: Partial<HeadVector> = {}) => {
    const head = put(`heads/${name}.jws`, jws);
    vectors.push({ name, what, head, jwks, now, remembered: null, expect, ...how });
  };
  const write = (said: string | Uint8Array) => signRaw(key, header, said);
  const json = JSON.stringify(claims);
  /** The claims with `more` at the end, written as it is. */
  const also = (more: string) => write(json.replace(/}$/, `,${more}}`));

  add("good-whole-number", "ok", "482.0 is 482: numbers are doubles.", await also('"seq":482.0'));
  add("good-exponent", "ok", "So is 4.82e2.", await also('"seq":4.82e2'));
  add(
    "good-white-space",
    "ok",
    "White space in JSON says nothing.",
    await write(JSON.stringify(claims, null, 2)),
  );
  const escaped = json.replace('"iss"', String.raw`"\u0069ss"`);
  add("good-escaped", "ok", "A name may be written with escapes.", await write(escaped));
  const twice = "A member stands twice: the last one counts, or the head is refused.";
  add("seq-twice", "malformed", twice, await also('"seq":0'));
  add("iss-twice", "wrong_iss", twice, await also('"iss":"https://evil.example"'));
  const algTwice = JSON.stringify(header).replace(/}$/, ',"alg":"none"}');
  add("alg-twice", "alg_not_allowed", twice, await signRaw(key, algTwice, claims));
  for (const [name, what, said] of [
    ["payload-bom", "A byte order mark before the JSON.", `\uFEFF${json}`],
    ["payload-nan", "NaN is not JSON.", json.replace(/}$/, ',"new":NaN}')],
    ["payload-comma", "A comma too many.", json.replace(/}$/, ",}")],
    ["payload-comment", "A comment.", `${json} // good`],
    ["payload-two", "Two values.", `${json}{}`],
    ["payload-quotes", "Single quotes.", json.replaceAll('"', "'")],
    ["payload-leading-zero", "A number that begins with a zero.", json.replace(/}$/, ',"new":01}')],
    ["payload-control", "A line feed within a string.", json.replace(/}$/, ',"new":"a\nb"}')],
    ["payload-null", "null.", "null"],
    ["payload-empty", "Nothing.", ""],
  ] as const)
    add(name, "malformed", what, await write(said));
  const broken = Buffer.concat([
    Buffer.from(json.replace(/}$/, ',"new":"')),
    Buffer.of(0xff),
    Buffer.from('"}'),
  ]);
  add("payload-not-utf8", "malformed", "Bytes that are not UTF-8.", await write(broken));

  for (const [name, expect, what, said] of [
    ["header-list", "malformed", "The header is a list.", "[]"],
    ["header-null", "malformed", "The header is null.", "null"],
    ["header-no-json", "malformed", "The header is text.", "ES256"],
    [
      "alg-lower-case",
      "alg_not_allowed",
      "`alg` in lower case.",
      JSON.stringify({ ...header, alg: "es256" }),
    ],
    ["alg-list", "alg_not_allowed", "`alg` is a list.", JSON.stringify({ ...header, alg: ["ES256"] })],
    [
      "typ-upper-case",
      "wrong_typ",
      "`typ` in upper case.",
      JSON.stringify({ ...header, typ: headTyp.toUpperCase() }),
    ],
    [
      "typ-with-prefix",
      "wrong_typ",
      "`typ` as a media type.",
      JSON.stringify({ ...header, typ: `application/${headTyp}` }),
    ],
    ["kid-number", "malformed", "`kid` is a number.", JSON.stringify({ ...header, kid: 1 })],
  ] as const)
    add(name, expect, what, await signRaw(key, said, claims));

  const other = "base64url as JOSE writes it has one form: no padding, nothing between, no spare bits.";
  add("signature-padded", "malformed", other, `${good}==`);
  add("signature-broken-line", "malformed", other, good.replace(/(.{40})$/, "\n$1"));
  add("signature-with-stranger", "malformed", other, good.replace(/(.{40})$/, "!$1"));
  add("signature-spare-bits", "malformed", other, good.replace(/.$/, nextDigit));
  add("payload-padded", "malformed", other, await signInput(key, `${start}.${padded(json)}`));
  add(
    "header-padded",
    "malformed",
    other,
    await signInput(key, `${padded(JSON.stringify(header))}.${payload}`),
  );
  add("four-parts", "malformed", "Four parts.", `${good}.${signature}`);
  add(
    "json-form",
    "malformed",
    "The JSON serialization of a JWS.",
    JSON.stringify({ protected: start, payload, signature }),
  );
  add(
    "short-signature",
    "bad_signature",
    "A signature of 63 bytes.",
    `${start}.${payload}.${signature.slice(0, 84)}`,
  );

  const { publicJwk } = key;
  const ours = (part: object) => ({ ...publicJwk, ...part });
  const okp = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
  const crowd = set(
    { ...okp, kid: await calculateJwkThumbprint(okp), alg: "Ed25519" },
    { ...stranger.publicJwk, kid: key.kid },
    "a key",
    { kid: key.kid },
    { ...stranger.publicJwk },
    publicJwk,
  );
  add(
    "good-among-others",
    "ok",
    "What the key set holds besides is passed over, also under our `kid`.",
    good,
    {
      jwks: put("jwks/among-others.json", crowd),
    },
  );
  add("key-of-other-alg", "unknown_key", "The key's `alg` is another.", good, {
    jwks: put("jwks/other-alg.json", set(ours({ alg: "ES384" }))),
  });
  add("key-alg-null", "unknown_key", "The key's `alg` is null.", good, {
    jwks: put("jwks/alg-null.json", set(ours({ alg: null }))),
  });
  const bare = { kty: "EC", crv: "P-256", x: publicJwk.x as string, y: publicJwk.x as string };
  const nowhere = { ...bare, kid: await calculateJwkThumbprint(bare) };
  add(
    "key-not-on-curve",
    "unknown_key",
    "The key is no point of the curve.",
    await signRaw(key, { ...header, kid: nowhere.kid }, claims),
    {
      jwks: put("jwks/not-on-curve.json", set(nowhere)),
    },
  );
  add("no-keys", "unknown_key", "A key set without keys.", good, { jwks: put("jwks/none.json", set()) });
  return vectors;
}

/** The last character, with spare bits that are not zero: it stands for the same bytes. */
function nextDigit(digit: string): string {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return digits.charAt(digits.indexOf(digit) + 1);
}

/** base64url with padding. The text grows until there is some. */
function padded(json: string): string {
  const text = json.length % 3 === 0 ? `${json} ` : json;
  const digits = encode(text);
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, "=");
}
