import { createHash } from "node:crypto";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import type { ListedEntry } from "#lib/core/allowlist/trieNode.ts";
import {
  headTyp,
  type AllowlistEntry,
  type HeadDeny,
  type NamespacesObject,
} from "#lib/core/allowlist/wire.ts";
import { headUrl, issuer, now, type Put } from "./headVectors.ts";
import type { LookupVector } from "./Vector.ts";
import { signClaims, vectorKey } from "./vectorKeys.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const jkt = "2r3XPMVPxNV3qEbqj9Zk8pHnuVdVxzj2hkHMRYc0Zt8";
const deniedJkt = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

const app = "https://app.example/client.json";
const keyed = "https://keyed.example/client.json";
const münchen = "https://münchen.example/client.json";

function entry(part: object = {}): AllowlistEntry {
  return {
    status: "allow",
    redirect_uris: [{ uri: "https://app.example/cb", match: "exact" }],
    token_endpoint_auth_method: "none",
    jkts: [],
    ...part,
  };
}

/** More than 128 entries, so that the root is a branch. */
export function listOfVectors(): { root: string; count: number; objects: ReadonlyMap<string, string> } {
  const named: ListedEntry[] = [
    [
      app,
      entry({
        redirect_uris: [
          { uri: "https://app.example/cb", match: "exact" },
          { uri: "http://127.0.0.1:33418/cb", match: "loopback_any_port" },
        ],
      }),
    ],
    [keyed, entry({ token_endpoint_auth_method: "private_key_jwt", jkts: [jkt] })],
    ["https://two-keys.example/client.json", entry({ jkts: [jkt, deniedJkt] })],
    ["https://one-denied-key.example/client.json", entry({ jkts: [deniedJkt] })],
    [münchen, entry()],
    ["https://tombstone.example/client.json", { status: "deny", reason: "retired" }],
    ["https://ended.example/client.json", entry({ exp: now - 1 })],
    ["https://ends-later.example/client.json", entry({ exp: now + 1 })],
    ["https://short-leash.example/client.json", entry({ max_stale: 99 })],
    ["https://longer-leash.example/client.json", entry({ max_stale: 100 })],
    ["https://denied.example/client.json", entry()],
    ["https://blocked.example/client.json", entry()],
    ["https://BLOCKED.example:8443/client.json", entry()],
    ["https://ported.example:8443/client.json", entry()],
    ["https://ported.example/client.json", entry()],
    ["https://new-status.example/client.json", entry({ status: "allow_some" })],
    [
      "https://new-match.example/client.json",
      entry({ redirect_uris: [{ uri: "https://app.example/", match: "prefix" }] }),
    ],
    ["https://new-mismatch.example/client.json", entry({ on_doc_mismatch: "warn" })],
    ["https://text-for-list.example/client.json", entry({ jkts: jkt })],
    ["https://new-member.example/client.json", entry({ colour: "blue" })],
  ];
  const more = Array.from({ length: 130 }, (_, n): ListedEntry => [
    `https://client-${n}.example/c.json`,
    { status: "allow" },
  ]);
  return buildTrie([...named, ...more]);
}

const deny: HeadDeny[] = [
  { client_id: "https://denied.example/client.json", at: now - 50, reason: "suspended" },
  { host: "blocked.example", at: now - 50, reason: "blocked" },
  { host: "ported.example:8443", at: now - 50, reason: "blocked" },
  { jkt: deniedJkt, at: now - 50, reason: "leaked" },
];

/** What is decided by a good head with denies, by one with namespaces, and when objects are not what they should be. */
export async function lookupVectors(put: Put): Promise<LookupVector[]> {
  const { root, count, objects } = listOfVectors();
  for (const [name, body] of objects) put(`objects/${name}`, body);
  const key = await vectorKey("signing");
  const claims = {
    iss: issuer,
    sub: headUrl,
    iat: now - 100,
    exp: now - 100 + 86_400,
    v: 1,
    epoch: 1,
    seq: 483,
    rev: 78,
    ttl: 10,
    root,
    count,
    deny,
  };
  const namespaces: NamespacesObject = {
    v: 1,
    namespaces: [
      {
        pattern: "https://agents.example/internal/*/client.json",
        status: "deny",
        reason: "not_for_others",
      },
      {
        pattern: "https://agents.example/*/*/client.json",
        status: "allow",
        redirect_hosts: ["agents.example"],
        token_endpoint_auth_methods: ["none"],
      },
    ],
  };
  const nsBody = JSON.stringify(namespaces);
  const ns = sha256(nsBody);
  put(`objects/${ns}`, nsBody);
  const head = put("heads/lookup.jws", await signClaims(key, headTyp, claims));
  const withNs = put(
    "heads/lookup-namespaces.jws",
    await signClaims(key, headTyp, { ...claims, seq: 484, ns }),
  );

  const leaf = leafOf(objects, root, app);
  const body = objects.get(leaf) ?? "";
  put(`objects-tampered/${leaf}`, body.replace("https://app.example/cb", "https://app.example/cc"));
  put(`objects-truncated/${leaf}`, body.slice(0, -1));
  const lone = "null";
  const twisted = '{"v":1}';
  put(`objects/${sha256(lone)}`, lone);
  put(`objects/${sha256(twisted)}`, twisted);
  const odd = async (name: string, of: string) =>
    put(`heads/lookup-${name}.jws`, await signClaims(key, headTyp, { ...claims, root: sha256(of) }));
  const nullRoot = await odd("null-root", lone);
  const emptyRoot = await odd("empty-root", twisted);

  const vectors: LookupVector[] = [];
  const add = (
    name: string,
    expect: string,
    what: string,
    question: LookupVector["question"] | string,
    how: Partial<LookupVector> = {},
  ) =>
    vectors.push({
      name,
      what,
      head,
      jwks: "jwks/good.json",
      objects: ["objects"],
      now,
      question: typeof question === "string" ? { client_id: question } : question,
      expect,
      ...how,
    });
  const at = (name: string) => `https://${name}.example/client.json`;
  const redirect = (redirect_uri: string) => ({ client_id: app, redirect_uri });

  add("listed", "allow", "A client of the list.", app);
  add("not-ascii", "allow", "The path is the hash of the UTF-8 bytes, exactly as received.", münchen);
  add("redirect-exact", "allow", "The same redirect URI.", redirect("https://app.example/cb"));
  add(
    "redirect-other-port",
    "allow",
    "A loopback redirect on another port.",
    redirect("http://127.0.0.1:4711/cb"),
  );
  add("redirect-no-port", "allow", "A loopback redirect without a port.", redirect("http://127.0.0.1/cb"));
  add("new-member", "allow", "An unknown member of an entry is ignored.", at("new-member"));
  add("ends-later", "allow", "The approval ends in a second.", at("ends-later"));
  add("leash-just-long", "allow", "The head is as old as `max_stale` allows.", at("longer-leash"));
  add("port-not-denied", "allow", "A deny of a host with a port spares other ports.", at("ported"));
  add("key-listed", "allow", "Authenticated with a key of the entry.", { client_id: keyed, jkt });
  add("key-not-denied", "allow", "One of two keys is denied; this is the other.", {
    client_id: at("two-keys"),
    jkt,
  });

  for (const [name, uri] of [
    ["redirect-longer", "https://app.example/cb/more"],
    ["redirect-slash", "https://app.example/cb/"],
    ["redirect-upper-case", "https://APP.example/cb"],
    ["redirect-query", "https://app.example/cb?a=b"],
    ["redirect-localhost", "http://localhost:33418/cb"],
    ["redirect-loopback-path", "http://127.0.0.1:33418/cb/../x"],
    ["redirect-loopback-tls", "https://127.0.0.1:33418/cb"],
    ["redirect-loopback-user", "http://127.0.0.1:80@evil.example/cb"],
    ["redirect-loopback-name", "http://127.0.0.1.evil.example:33418/cb"],
    ["redirect-loopback-fragment", "http://127.0.0.1:33418/cb#f"],
    ["redirect-port-too-high", "http://127.0.0.1:65536/cb"],
  ] as const)
    add(name, "redirect_not_approved", "Not the approved redirect URI.", redirect(uri));

  add("not-listed", "not_listed", "A stranger.", "https://stranger.example/client.json");
  add(
    "other-case",
    "not_listed",
    "Nothing is normalised: another string is another client.",
    "https://APP.example/client.json",
  );
  add(
    "a-member-of-every-object",
    "not_listed",
    "A name that a language may find in every object.",
    "constructor",
  );
  add("another-such-member", "not_listed", "The same.", "__proto__");
  add("tombstone", "entry_denies", "The entry is a deny.", at("tombstone"));
  add("ended", "expired", "The approval has ended.", at("ended"));
  add("stale", "stale", "The head is older than `max_stale`.", at("short-leash"));
  add("denied", "denied", "Denied by the head, though the entry allows.", at("denied"));
  add("host-denied", "denied", "The host is denied.", at("blocked"));
  add(
    "host-denied-port",
    "denied",
    "The host is denied with all its ports, in whatever case.",
    "https://BLOCKED.example:8443/client.json",
  );
  add("port-denied", "denied", "The host is denied at this port.", "https://ported.example:8443/client.json");
  add(
    "host-denied-unlisted",
    "denied",
    "A deny is there for clients that are not listed, too.",
    "https://blocked.example/other",
  );
  add("key-denied", "denied", "Authenticated with a denied key.", {
    client_id: at("two-keys"),
    jkt: deniedJkt,
  });
  add(
    "every-key-denied",
    "denied",
    "Every key of the entry is denied, whichever was used.",
    at("one-denied-key"),
  );
  add("key-not-listed", "key_not_approved", "Authenticated with a key that is not in the entry.", {
    client_id: keyed,
    jkt: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  });
  for (const [name, what] of [
    ["new-status", "An unknown `status`."],
    ["new-match", "An unknown `match`."],
    ["new-mismatch", "An unknown `on_doc_mismatch`."],
    ["text-for-list", "`jkts` is a text: found in itself, it must not count as a list."],
  ] as const)
    add(name, "unknown_value", what, at(name));

  add("tampered-object", "unavailable", "An object whose hash is not its name.", app, {
    objects: ["objects-tampered", "objects"],
  });
  add("truncated-object", "unavailable", "An object that was cut off.", app, {
    objects: ["objects-truncated", "objects"],
  });
  add("missing-object", "unavailable", "No object of that name.", app, { objects: ["objects-truncated"] });
  add("null-object", "unavailable", "The root's hash is right, and its body is null.", app, {
    head: nullRoot,
  });
  add("empty-object", "unavailable", "The root is neither leaf nor branch.", app, { head: emptyRoot });

  const ns_ = { head: withNs, expect_without_namespaces: "not_listed" };
  const child = "https://agents.example/acme/bot-7/client.json";
  add("namespace", "allow", "A client below an approved namespace.", child, ns_);
  add(
    "namespace-redirect",
    "allow",
    "It redirects to the namespace's host.",
    { client_id: child, redirect_uri: "https://agents.example/cb" },
    ns_,
  );
  add(
    "namespace-other-redirect",
    "redirect_not_approved",
    "It redirects elsewhere.",
    { client_id: child, redirect_uri: "https://evil.example/cb" },
    ns_,
  );
  add(
    "namespace-denied",
    "entry_denies",
    "The more specific namespace is a deny.",
    "https://agents.example/internal/bot-7/client.json",
    ns_,
  );
  add(
    "namespace-deeper",
    "not_listed",
    "`*` is one whole segment.",
    "https://agents.example/acme/a/b/client.json",
    ns_,
  );
  add(
    "namespace-escaped",
    "not_listed",
    "A segment is compared as it is written.",
    "https://agents.example/acme/%2e%2e/client.json",
    ns_,
  );
  add(
    "namespace-dots",
    "not_listed",
    "Dots would lead elsewhere.",
    "https://agents.example/acme/../client.json",
    ns_,
  );
  add(
    "namespace-other-host",
    "not_listed",
    "Another host.",
    "https://agents.example.evil.example/a/b/client.json",
    ns_,
  );
  return vectors;
}

function leafOf(objects: ReadonlyMap<string, string>, root: string, clientId: string): string {
  const path = sha256(clientId);
  let name = root;
  for (let depth = 0; ; depth++) {
    const node = JSON.parse(objects.get(name) ?? "{}") as { children?: Record<string, string> };
    if (!node.children) return name;
    name = node.children[path.charAt(depth)] ?? "";
  }
}
