import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { headTyp } from "#lib/core/allowlist/wire.ts";
import { claimsOf, headUrl, issuer, now, sha256 } from "./claims.ts";
import type { HeadVector, LookupVector } from "./Vector.ts";
import { encode, signRaw, vectorKey } from "./vectorKeys.ts";

const app = "https://app.example/client.json";
const jkt = "2r3XPMVPxNV3qEbqj9Zk8pHnuVdVxzj2hkHMRYc0Zt8";
const redirect = "https://app.example/cb?a=b";
const loopback = "http://127.0.0.1:33418/cb?a=b";
const mcp = "https://mcp.example/";
const entry = {
  exp: now + 1,
  grant_types: ["authorization_code"],
  grants: [{ resource: mcp, scopes: ["read", "write"] }],
  jkts: [jkt],
  max_stale: 100,
  on_doc_mismatch: "use_entry",
  doc_sha256: ["x"],
  redirect_uris: [
    { match: "exact", uri: redirect },
    { match: "loopback_any_port", uri: loopback },
  ],
  ref: "req_1",
  self_approved: true,
  status: "allow",
  token_endpoint_auth_method: "private_key_jwt",
};
const question = {
  client_id: app,
  redirect_uri: redirect,
  jkt,
  token_endpoint_auth_method: "private_key_jwt",
  grant_type: "authorization_code",
  resource: [mcp],
  scope: "read",
};

/** What a value of JSON may be changed to, as it is written. */
const values = [
  "null",
  "true",
  "false",
  "0",
  "-1",
  "1",
  "1.0",
  "1e0",
  "1.5",
  "1e400",
  "-0",
  "9007199254740991",
  "9007199254740992",
  "9007199254740993",
  "123456789012345678901234567890",
  '""',
  '"x"',
  "[]",
  "{}",
  "[null]",
  '[""]',
  '["x",1]',
  '{"x":1}',
  "[[]]",
  String(now),
  `"${"0".repeat(64)}"`,
  String.raw`"\u0000"`,
  "NaN",
  "01",
  "'x'",
  "",
];
/** What may stand in the place of a character, or be put between two. */
const pieces = [
  ..."{}[]\":,.\\/-_+=!019aefnrtuxAEZ \t\n\r#?@%*'",
  String.raw`\u0041`,
  String.raw`\ud83d`,
  "ü",
  "\u{1F600}",
  "\uFEFF",
  "\u2028",
  "\u0000",
  "\u007f",
  "//",
  "..",
  "null",
  "true",
  '\\"',
  ",,",
  "{}",
];

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Mutants {
  readonly issuer: string;
  readonly head_url: string;
  readonly heads: readonly HeadVector[];
  readonly lookups: readonly LookupVector[];
}

/**
 * Good heads, key sets, objects and questions with one or two things changed, as files in `folder`, in the form of
 * docs/vectors. `expect` is empty: what comes out of them is not known, only that it is the same everywhere.
 */
export async function makeMutants(folder: string, seed: number, times: number): Promise<Mutants> {
  const random = chance(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const put = (path: string, body: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
    return path;
  };
  /** One change of the text: a character replaced, left out or doubled, a piece put in, two neighbours exchanged. */
  const change = (text: string): string => {
    const at = below(text.length);
    const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
    return pick([
      () => before + pick(pieces) + after,
      () => before + after,
      () => before + here + here + after,
      () => before + pick(pieces) + here + after,
      () => before + after.charAt(0) + here + after.slice(1),
      () => text.slice(0, at),
    ])();
  };
  const changed = (text: string) => (below(4) === 0 ? change(change(text)) : change(text));
  /** The JSON of an object, with one member replaced by any value, left out, or written twice. */
  const otherwise = (object: object): string => {
    const members = Object.entries(object).map(([name, value]) => [
      JSON.stringify(name),
      JSON.stringify(value),
    ]);
    const member = pick(members);
    const how = below(6);
    if (how === 0) members.splice(members.indexOf(member), 1);
    else if (how === 1) members.push([member[0] as string, pick(values)]);
    else member[1] = pick(values);
    return `{${members.map((each) => each.join(":")).join(",")}}`;
  };

  const readable = (object: object): unknown => {
    try {
      return JSON.parse(otherwise(object));
    } catch {
      return readable(object);
    }
  };

  const key = await vectorKey("signing");
  const header = { alg: "ES256", kid: key.kid, typ: headTyp };
  const root = sha256("root");
  const log = { origin: "gov.example/log", size: 900, root };
  const deny = [{ client_id: "https://x.example/", host: "x.example", jkt, at: now, reason: "x" }];
  const claims = {
    ...claimsOf(root, 1),
    deny,
    prev: root,
    ns: root,
    keys_version: 1,
    log,
    crit: ["deny", "root"],
  };
  const remembered = { head: "", epoch: 1, seq: 480, rev: 76, root, digest: sha256("before"), log };
  const good = await signRaw(key, header, claims);
  const keys = put("jwks/good.json", JSON.stringify({ keys: [key.publicJwk] }));

  const heads: HeadVector[] = [];
  const lookups: LookupVector[] = [];
  const addHead = (what: string, jws: string, jwks = keys) => {
    const name = `${what} ${heads.length}`;
    const head = put(`heads/${heads.length}.jws`, jws);
    heads.push({ name, what, head, jwks, now, remembered: below(2) ? remembered : null, expect: "" });
  };
  const signText = (said: string) => signRaw(key, header, said);
  const addLookup = async (
    what: string,
    body: string,
    asked: LookupVector["question"],
    denied: object[] = [],
  ) => {
    const name = sha256(body);
    put(`objects/${name}`, body);
    const said = { ...claimsOf(name, 1), deny: denied };
    const head = put(`heads/lookup-${lookups.length}.jws`, await signRaw(key, header, said));
    const asText = `${what} ${lookups.length}`;
    lookups.push({
      name: asText,
      what,
      head,
      jwks: keys,
      objects: ["objects"],
      now,
      question: asked,
      expect: "",
    });
  };
  const leafOf = (said: string) => `{"entries":{${JSON.stringify(app)}:${said}},"v":1}`;
  const leaf = leafOf(JSON.stringify(entry));

  for (let round = 0; round < times; round++) {
    addHead("carried", changed(good));
    addHead("claims", await signText(changed(JSON.stringify(claims))));
    addHead("claim", await signText(otherwise(claims)));
    addHead(
      "claim",
      await signText(
        JSON.stringify({ ...claims, deny: 0 }).replace(
          '"deny":0',
          `"deny":[${otherwise(deny[0] as object)}]`,
        ),
      ),
    );
    addHead(
      "claim",
      await signText(JSON.stringify({ ...claims, log: 0 }).replace('"log":0', `"log":${otherwise(log)}`)),
    );
    addHead(
      "header",
      await signRaw(key, round % 2 ? otherwise(header) : changed(JSON.stringify(header)), claims),
    );
    addHead("key", good, put(`jwks/${round}.json`, JSON.stringify({ keys: [readable(key.publicJwk)] })));
    addHead(
      "parts",
      pick([
        `${encode(header)}.${good}`,
        good.replace(".", ".."),
        `${good}.`,
        good.replace(/.$/, pick([..."AQgw-_="])),
      ]),
    );

    await addLookup("leaf", changed(leaf), question);
    await addLookup("entry", leafOf(otherwise(entry)), question);
    await addLookup(
      "redirect",
      leafOf(
        JSON.stringify({ ...entry, redirect_uris: [0] }).replace(
          "[0]",
          `[${otherwise(entry.redirect_uris[0] as object)}]`,
        ),
      ),
      question,
    );
    await addLookup(
      "grant",
      leafOf(
        JSON.stringify({ ...entry, grants: [0] }).replace("[0]", `[${otherwise(entry.grants[0] as object)}]`),
      ),
      question,
    );
    await addLookup("question", leaf, { ...question, redirect_uri: changed(pick([redirect, loopback])) });
    await addLookup("question", leaf, { ...question, scope: changed("read write") });
    await addLookup("question", leaf, {
      ...question,
      resource: pick([[], [changed(mcp)], [mcp, changed(mcp)]]),
    });
    const uri = changed(loopback);
    const approved = { ...entry, redirect_uris: [{ match: "loopback_any_port", uri }] };
    await addLookup("loopback", leafOf(JSON.stringify(approved)), {
      ...question,
      redirect_uri: pick([uri, loopback, uri.replace("33418", "1")]),
    });
    const branch = {
      children: { [sha256(app).charAt(0)]: sha256(leaf), [pick([..."0123456789abcdefgA"])]: sha256(leaf) },
      v: 1,
    };
    await addLookup("branch", round % 2 ? otherwise(branch) : changed(JSON.stringify(branch)), question);
  }
  put(`objects/${sha256(leaf)}`, leaf);
  const mutants = { issuer, head_url: headUrl, heads, lookups };
  put("vectors.json", JSON.stringify(mutants));
  return mutants;
}
