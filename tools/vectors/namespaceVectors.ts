import { headTyp, type NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import { now, sha256, type Claims, type Put } from "./claims.ts";
import type { LookupVector } from "./Vector.ts";
import { signClaims, vectorKey } from "./vectorKeys.ts";

const agents: NamespaceEntry = {
  pattern: "https://agents.example/*/*/client.json",
  status: "allow",
  redirect_hosts: ["agents.example", "agents.example:8443"],
  token_endpoint_auth_methods: ["none"],
  grant_types: ["authorization_code"],
  grants: [{ resource: "https://mcp.example/tickets", scopes: ["tickets.read"] }],
};
const namespaces: NamespaceEntry[] = [
  { pattern: "https://agents.example/internal/*/client.json", status: "deny", reason: "not_for_others" },
  agents,
  { pattern: "https://bare.example/*/client.json", status: "allow" },
  { pattern: "https://tombstone.example/client.json", status: "allow" },
  {
    pattern: "https://keys.example/*/client.json",
    status: "allow",
    loopback: true,
    token_endpoint_auth_methods: ["private_key_jwt"],
    jwks_host: "keys.example",
    exp: now + 100,
    max_stale: 150,
  },
];

/** Clients that no entry names, below patterns that were approved or denied as a whole. */
export async function namespaceVectors(put: Put, claims: Claims): Promise<LookupVector[]> {
  const key = await vectorKey("signing");
  const headOf = async (name: string, body: string, tampered?: string) => {
    const ns = sha256(body);
    put(`${tampered === undefined ? "objects" : "objects-tampered"}/${ns}`, tampered ?? body);
    return put(`heads/lookup-${name}.jws`, await signClaims(key, headTyp, { ...claims, seq: 484, ns }));
  };
  const objectOf = (list: unknown, part: object = {}) => JSON.stringify({ namespaces: list, v: 1, ...part });
  const good = await headOf("namespaces", objectOf(namespaces));

  const vectors: LookupVector[] = [];
  const add = (
    name: string,
    expect: string,
    what: string,
    question: LookupVector["question"] | string,
    how: Partial<LookupVector> = {},
  ) =>
    vectors.push({
      name: `namespace${name}`,
      what,
      head: good,
      jwks: "jwks/good.json",
      objects: ["objects"],
      now,
      question: typeof question === "string" ? { client_id: question } : question,
      expect,
      expect_without_namespaces: "not_listed",
      ...how,
    });
  const child = "https://agents.example/acme/bot-7/client.json";
  const ask = (part: object) => ({ client_id: child, ...part });

  add("", "allow", "A client below an approved namespace.", child);
  add(
    "-denied",
    "entry_denies",
    "The more specific namespace is a deny.",
    "https://agents.example/internal/bot-7/client.json",
  );
  add(
    "-segment-256",
    "allow",
    "A segment of 256 characters.",
    `https://agents.example/acme/${"a".repeat(256)}/client.json`,
  );
  for (const [name, what, id] of [
    [
      "-segment-257",
      "A segment of 257 characters.",
      `https://agents.example/acme/${"a".repeat(257)}/client.json`,
    ],
    ["-deeper", "`*` is one whole segment.", "https://agents.example/acme/a/b/client.json"],
    ["-escaped", "A segment is compared as it is written.", "https://agents.example/acme/%2e%2e/client.json"],
    ["-dots", "Dots would lead elsewhere.", "https://agents.example/acme/../client.json"],
    ["-empty-segment", "An empty segment.", "https://agents.example/acme//client.json"],
    ["-star", "A star is no character of a segment.", "https://agents.example/acme/*/client.json"],
    ["-query", "A query.", `${child}?a=b`],
    ["-query-inside", "A query where a segment stands.", "https://agents.example/acme/a?b/client.json"],
    ["-fragment", "A fragment.", `${child}#a`],
    [
      "-backslash",
      "A backslash, which some parsers take for a slash.",
      "https://agents.example/acme\\bot/x/client.json",
    ],
    ["-user", "A user.", "https://user@agents.example/acme/bot-7/client.json"],
    ["-port", "A port.", "https://agents.example:443/acme/bot-7/client.json"],
    ["-upper-case", "Nothing is normalised.", "https://AGENTS.example/acme/bot-7/client.json"],
    ["-scheme", "Another scheme.", "http://agents.example/acme/bot-7/client.json"],
    ["-not-ascii", "A segment that is not ASCII.", "https://agents.example/acme/bot-ü/client.json"],
    ["-longer", "More than the pattern.", `${child}/x`],
    ["-other-host", "Another host.", "https://agents.example.evil.example/a/b/client.json"],
  ] as const)
    add(name, "not_listed", what, id);

  for (const [name, expect, what, redirect_uri] of [
    ["-redirect", "allow", "It redirects to the namespace's host.", "https://agents.example/cb"],
    ["-redirect-port", "allow", "At a port that is named.", "https://agents.example:8443/cb?a=b"],
    ["-other-redirect", "redirect_not_approved", "It redirects elsewhere.", "https://evil.example/cb"],
    ["-redirect-other-port", "redirect_not_approved", "At another port.", "https://agents.example:8444/cb"],
    ["-redirect-below", "redirect_not_approved", "To a host below it.", "https://x.agents.example/cb"],
    ["-redirect-user", "redirect_not_approved", "With a user.", "https://agents.example@evil.example/cb"],
    ["-redirect-fragment", "redirect_not_approved", "With a fragment.", "https://agents.example/cb#a"],
    [
      "-redirect-backslash",
      "redirect_not_approved",
      "With a backslash.",
      "https://agents.example\\@evil.example/cb",
    ],
    ["-redirect-upper-case", "redirect_not_approved", "In another case.", "https://AGENTS.example/cb"],
    ["-redirect-http", "redirect_not_approved", "Without TLS.", "http://agents.example/cb"],
    ["-redirect-scheme", "redirect_not_approved", "Another scheme.", "com.agents.example:/cb"],
    [
      "-redirect-loopback",
      "redirect_not_approved",
      "Loopback, which the namespace does not allow.",
      "http://127.0.0.1/cb",
    ],
  ] as const)
    add(name, expect, what, ask({ redirect_uri }));

  const { grants: [grant] = [] } = agents;
  const resource = [grant?.resource ?? ""];
  add(
    "-scope",
    "allow",
    "Within the ceiling.",
    ask({ resource, scope: "tickets.read", grant_type: "authorization_code" }),
  );
  add("-scope-over", "scope_not_approved", "A scope beyond it.", ask({ resource, scope: "tickets.write" }));
  add(
    "-resource-over",
    "resource_not_approved",
    "A resource beyond it.",
    ask({ resource: ["https://mcp.example/mail"] }),
  );
  add(
    "-grant-type-over",
    "grant_type_not_approved",
    "A grant type beyond it.",
    ask({ grant_type: "refresh_token" }),
  );
  add(
    "-method-over",
    "auth_method_mismatch",
    "Another method.",
    ask({ token_endpoint_auth_method: "private_key_jwt" }),
  );
  add("-no-redirects", "redirect_not_approved", "A namespace that names no redirects.", {
    client_id: "https://bare.example/x/client.json",
    redirect_uri: "https://bare.example/cb",
  });
  add(
    "-listed",
    "entry_denies",
    "An entry decides before any namespace.",
    "https://tombstone.example/client.json",
    {
      expect_without_namespaces: "entry_denies",
    },
  );

  const keyed = "https://keys.example/a/client.json";
  const document = {
    client_id: keyed,
    redirect_uris: ["http://127.0.0.1/cb"],
    token_endpoint_auth_method: "private_key_jwt",
  };
  for (const [name, expect, what, part, asked_at] of [
    ["-loopback", "allow", "Loopback, at any port.", { redirect_uri: "http://127.0.0.1:4711/cb" }],
    ["-no-key", "key_not_approved", "Without a key, where one is needed.", { jkt: null }],
    [
      "-document",
      "allow",
      "The document keeps to it.",
      { document, redirect_uri: "http://127.0.0.1:4711/cb" },
    ],
    [
      "-document-other",
      "document_mismatch",
      "The document names another client_id.",
      { document: { ...document, client_id: child } },
    ],
    [
      "-document-redirect",
      "redirect_not_approved",
      "The document does not list the redirect.",
      { document, redirect_uri: "http://127.0.0.1/other" },
    ],
    [
      "-document-method",
      "auth_method_mismatch",
      "The document offers no approved method.",
      { document: { ...document, token_endpoint_auth_method: "none" } },
    ],
    [
      "-document-keys",
      "allow",
      "The document's keys are at the approved host.",
      { document: { ...document, jwks_uri: "https://keys.example/jwks.json" } },
    ],
    [
      "-document-other-keys",
      "key_host_not_approved",
      "The document's keys are elsewhere.",
      { document: { ...document, jwks_uri: "https://evil.example/jwks.json" } },
    ],
    ["-stale", "stale", "The head is older than `max_stale`.", {}, now + 51],
    ["-ended", "expired", "The approval has ended.", {}, now + 100],
  ] as const)
    add(name, expect, what, { client_id: keyed, ...part }, asked_at === undefined ? {} : { asked_at });

  for (const [name, what, list, part] of [
    [
      "-new-member",
      "A member nobody knows may be a limit: none of the namespaces is used.",
      [agents, { ...namespaces[0], only_on: "monday" }],
    ],
    ["-new-status", "An unknown `status`.", [{ ...agents, status: "maybe" }]],
    [
      "-bad-pattern",
      "A pattern with half a star.",
      [agents, { ...agents, pattern: "https://agents.example/a*/client.json" }],
    ],
    [
      "-pattern-escaped",
      "A pattern with percent-encoding.",
      [agents, { ...agents, pattern: "https://agents.example/%61/*" }],
    ],
    [
      "-all-stars",
      "A pattern without a literal segment.",
      [agents, { ...agents, pattern: "https://agents.example/*" }],
    ],
    ["-member-type", "A member of another type.", [{ ...agents, loopback: "true" }]],
    ["-version", "An object of version 2.", [agents], { v: 2 }],
    ["-no-list", "`namespaces` is no list.", agents],
    ["-and-entries", "An object that is also a leaf.", [agents], { entries: {} }],
  ] as [string, string, unknown, object?][])
    add(name, "unavailable", what, child, { head: await headOf(`namespaces${name}`, objectOf(list, part)) });
  const broken = await headOf(
    "namespaces-tampered",
    objectOf([agents], { salt: "a" }),
    objectOf([agents], { salt: "b" }),
  );
  add("-tampered", "unavailable", "An object whose hash is not its name.", child, {
    head: broken,
    objects: ["objects-tampered", "objects"],
  });
  add(
    "-tampered-listed",
    "allow",
    "A client that is listed is decided as ever.",
    "https://app.example/client.json",
    {
      head: broken,
      expect_without_namespaces: "allow",
    },
  );
  return vectors;
}
