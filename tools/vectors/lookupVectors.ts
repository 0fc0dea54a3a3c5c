import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import type { ListedEntry } from "#lib/core/allowlist/trieNode.ts";
import { headTyp, type AllowlistEntry, type HeadDeny } from "#lib/core/allowlist/wire.ts";
import { claimsOf, now, sha256, type Put } from "./claims.ts";
import { documentVectors } from "./documentVectors.ts";
import { namespaceVectors } from "./namespaceVectors.ts";
import { objectVectors } from "./objectVectors.ts";
import type { LookupVector } from "./Vector.ts";
import { signClaims, vectorKey } from "./vectorKeys.ts";

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

const scoped = "https://scoped.example/client.json";
const grants = [
  { resource: "https://mcp.example/tickets", scopes: ["tickets.read", "openid"] },
  { resource: "https://mcp.example/mail", scopes: ["mail.send"] },
];

/** Members of another type than the format says: each is a deny. */
const odd: [name: string, what: string, part: object][] = [
  ["no-status", "There is no `status`.", { status: undefined }],
  ["status-case", "`status` in upper case.", { status: "ALLOW" }],
  ["redirects-null", "`redirect_uris` is null.", { redirect_uris: null }],
  ["redirects-texts", "A redirect is a string.", { redirect_uris: ["https://app.example/cb"] }],
  ["uri-number", "The `uri` of a redirect is a number.", { redirect_uris: [{ uri: 1, match: "exact" }] }],
  ["jkts-number", "One of `jkts` is a number.", { jkts: [jkt, 1] }],
  ["method-list", "`token_endpoint_auth_method` is a list.", { token_endpoint_auth_method: ["none"] }],
  ["grant-types-text", "`grant_types` is a string.", { grant_types: "authorization_code" }],
  ["grants-object", "`grants` is an object.", { grants: {} }],
  [
    "scopes-text",
    "`scopes` is a string.",
    { grants: [{ resource: "https://mcp.example/", scopes: "read" }] },
  ],
  ["scopes-missing", "A grant has no `scopes`.", { grants: [{ resource: "https://mcp.example/" }] }],
  ["digests-text", "`doc_sha256` is a string.", { doc_sha256: "x" }],
  ["exp-text", "`exp` is a string.", { exp: "1999999999" }],
  ["exp-null", "`exp` is null.", { exp: null }],
  ["max-stale-true", "`max_stale` is true.", { max_stale: true }],
  ["reason-number", "A tombstone's `reason` is a number.", { status: "deny", reason: 1 }],
  ["ref-number", "`ref` is a number.", { ref: 1 }],
  ["self-approved-text", "`self_approved` is a string.", { self_approved: "true" }],
];

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
    ["https://blocked.example./client.json", entry()],
    ["https://user@blocked.example/client.json", entry()],
    ["https://sub.blocked.example/client.json", entry()],
    ["https://path.example/blocked.example", entry()],
    ["https://upper.example/client.json", entry()],
    ["https://[2001:db8::1]/client.json", entry()],
    ["https://no-list.example/client.json", entry({ token_endpoint_auth_method: "private_key_jwt" })],
    [scoped, entry({ grant_types: ["authorization_code"], grants })],
    ...odd.map(([name, , part]): ListedEntry => [`https://${name}.example/client.json`, entry(part)]),
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
  { host: "Upper.Example", at: now - 50, reason: "blocked" },
  { host: "[2001:db8::1]", at: now - 50, reason: "blocked" },
];

/** What is decided by a good head with denies, by one with namespaces, and when objects are not what they should be. */
export async function lookupVectors(put: Put): Promise<LookupVector[]> {
  const { root, count, objects } = listOfVectors();
  for (const [name, body] of objects) put(`objects/${name}`, body);
  const key = await vectorKey("signing");
  const claims = { ...claimsOf(root, count), seq: 483, rev: 78, deny };
  const head = put("heads/lookup.jws", await signClaims(key, headTyp, claims));

  const leaf = leafOf(objects, root, app);
  const body = objects.get(leaf) ?? "";
  put(`objects-tampered/${leaf}`, body.replace("https://app.example/cb", "https://app.example/cc"));
  put(`objects-truncated/${leaf}`, body.slice(0, -1));

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
  add(
    "host-denied-dot",
    "denied",
    "A dot at the end is the same host.",
    "https://blocked.example./client.json",
  );
  add("host-denied-user", "denied", "A user before it, too.", "https://user@blocked.example/client.json");
  add("host-denied-case", "denied", "In whatever case the deny is.", at("upper"));
  add("host-denied-v6", "denied", "An address of IPv6.", "https://[2001:db8::1]/client.json");
  add("host-below-not-denied", "allow", "Another host, below it.", "https://sub.blocked.example/client.json");
  add(
    "host-in-path",
    "allow",
    "The denied host is a word in the path.",
    "https://path.example/blocked.example",
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

  for (const [name, what] of odd) add(name, "unknown_value", what, at(name));

  const none = { client_id: at("no-list"), jkt: null };
  add("key-missing", "key_not_approved", "Authenticated without a key.", { client_id: keyed, jkt: null });
  add("key-missing-no-list", "key_not_approved", "So, where the method needs a key and none is named.", none);
  add("no-key-needed", "allow", "A public client without a key.", { client_id: app, jkt: null });
  add("key-not-needed", "allow", "A key where the entry names none.", { client_id: app, jkt });
  const method = (client_id: string, token_endpoint_auth_method: string) => ({
    client_id,
    token_endpoint_auth_method,
  });
  add("method", "allow", "The approved method.", method(keyed, "private_key_jwt"));
  add("method-other", "auth_method_mismatch", "Another method.", method(keyed, "none"));
  add(
    "method-unnamed",
    "auth_method_mismatch",
    "The entry names no method.",
    method("https://client-0.example/c.json", "none"),
  );

  const ask = (part: object) => ({ client_id: scoped, ...part });
  const [tickets, mail] = grants.map(({ resource }) => resource) as [string, string];
  for (const [name, expect, what, part] of [
    ["grant-type", "allow", "An approved grant type.", { grant_type: "authorization_code" }],
    [
      "grant-type-other",
      "grant_type_not_approved",
      "Another grant type.",
      { grant_type: "client_credentials" },
    ],
    ["scope", "allow", "Approved for the resource.", { resource: [tickets], scope: "openid tickets.read" }],
    ["scope-none", "allow", "No scope, in two spaces.", { resource: [tickets], scope: "  " }],
    ["scope-any", "allow", "For any resource, where none is asked for.", { scope: "mail.send tickets.read" }],
    ["scope-two", "allow", "For one of two resources.", { resource: [tickets, mail], scope: "mail.send" }],
    ["scope-over", "scope_not_approved", "One scope too many.", { scope: "tickets.read tickets.write" }],
    [
      "scope-elsewhere",
      "scope_not_approved",
      "Approved for another resource.",
      { resource: [mail], scope: "tickets.read" },
    ],
    ["scope-case", "scope_not_approved", "Scopes are compared as strings.", { scope: "Tickets.Read" }],
    [
      "scope-tab",
      "scope_not_approved",
      "Only a space stands between scopes.",
      { scope: "openid\ttickets.read" },
    ],
    ["scope-prefix", "scope_not_approved", "A part of an approved scope.", { scope: "tickets" }],
    [
      "resource-other",
      "resource_not_approved",
      "A resource that was not approved.",
      { resource: ["https://mcp.example/"] },
    ],
    [
      "resource-slash",
      "resource_not_approved",
      "Resources are compared as strings.",
      { resource: [`${tickets}/`] },
    ],
    [
      "resource-one-of-two",
      "resource_not_approved",
      "Every resource must be approved.",
      { resource: [tickets, "https://mcp.example/x"] },
    ],
  ] as const)
    add(name, expect, what, ask(part));
  add("no-grants", "resource_not_approved", "The entry grants nothing.", {
    client_id: app,
    resource: [tickets],
  });
  add("no-grant-types", "grant_type_not_approved", "The entry names no grant types.", {
    client_id: app,
    grant_type: "authorization_code",
  });
  add("no-redirects", "redirect_not_approved", "The entry names no redirects.", {
    client_id: "https://client-0.example/c.json",
    redirect_uri: "https://client-0.example/cb",
  });
  add("head-last-second", "allow", "The head ended 59 seconds ago.", app, { asked_at: claims.exp + 59 });
  add("head-ended", "head_expired", "The head ended 60 seconds ago.", app, { asked_at: claims.exp + 60 });
  add("leash-ended", "stale", "The head grew older than `max_stale`.", at("longer-leash"), {
    asked_at: now + 1,
  });
  add("approval-ended", "expired", "The approval ended since.", at("ends-later"), { asked_at: now + 1 });

  add("tampered-object", "unavailable", "An object whose hash is not its name.", app, {
    objects: ["objects-tampered", "objects"],
  });
  add("truncated-object", "unavailable", "An object that was cut off.", app, {
    objects: ["objects-truncated", "objects"],
  });
  add("missing-object", "unavailable", "No object of that name.", app, { objects: ["objects-truncated"] });

  const parts = [objectVectors(put), documentVectors(put), namespaceVectors(put, claims)];
  return vectors.concat(...(await Promise.all(parts)));
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
