import { afterAll, beforeAll, expect, test } from "vitest";
import { adapters } from "#lib/adapters/adapters.ts";
import { hostsOf } from "#lib/adapters/hostsOf.ts";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import type { AllowlistEntry, HeadDeny, NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import { second } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { insert, type Row } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { setStage, type Stage } from "#lib/flows/testing/stage.ts";
import { evaluateClient } from "#lib/views/clients/evaluateClient.ts";
import { exportChoices } from "./exportChoices.ts";
import { exportedList } from "./exportedList.ts";
import { exportList, type Export, type NoExport } from "./exportList.ts";
import { exportNewest } from "./exportNewest.ts";

const entry: AllowlistEntry = {
  status: "allow",
  redirect_uris: [{ uri: "https://app.acme.com/callback", match: "exact" }],
  token_endpoint_auth_method: "private_key_jwt",
  jkts: ["key-1", "key-2"],
  grant_types: ["authorization_code"],
  grants: [],
};
const now = start / second;
const fine = "https://app.acme.com/client.json";
const entries: [string, AllowlistEntry][] = [
  [fine, entry],
  ["https://tools.acme.com/a.json", entry],
  ["https://tools.acme.com/b*.json", entry],
  ["https://ended.acme.com/c.json", { ...entry, exp: now }],
  ["https://ends.acme.com/c.json", { ...entry, exp: now + 60 }],
  ["https://stale.acme.com/c.json", { ...entry, max_stale: 30 }],
  ["https://gone.acme.com/c.json", { status: "deny", reason: "suspended" }],
  ["https://gone.acme.com/other.json", entry],
  ["https://named.acme.com/c.json", entry],
  ["https://blocked.evil.com/c.json", entry],
  ["https://stolen.acme.com/c.json", { ...entry, jkts: ["key-3"] }],
  ["https://odd.acme.com/c.json", { ...entry, status: "maybe" as "allow" }],
  ["https://doubted.acme.com/c.json", entry],
  ["https://acme.github.io/c.json", entry],
  ["https://ported.acme.com/c.json", entry],
];
const deny: HeadDeny[] = [
  { client_id: "https://named.acme.com/c.json", at: 1, reason: "suspended" },
  { host: "BLOCKED.evil.com", at: 1, reason: "blocked" },
  { host: "ported.acme.com:8443", at: 1, reason: "blocked" },
  { jkt: "key-2", at: 1, reason: "leaked" },
  { jkt: "key-3", at: 1, reason: "leaked" },
];
const allowed = [
  "https://acme.github.io/c.json",
  fine,
  "https://doubted.acme.com/c.json",
  "https://ends.acme.com/c.json",
  "https://gone.acme.com/other.json",
  "https://ported.acme.com/c.json",
  "https://tools.acme.com/a.json",
  "https://tools.acme.com/b*.json",
];

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let head: Row<"head">;

  beforeAll(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    stage = await setStage(ctx);
    const trie = buildTrie(entries);
    head = {
      id: "head-1",
      audienceId: stage.audienceId,
      epoch: 1,
      seq: 42,
      rev: 7,
      prev: null,
      jws: "",
      kid: "",
      root: trie.root,
      count: trie.count,
      deny,
      digest: sha256Hex("head"),
      cause: "test",
      ns: null,
      keysVersion: null,
      issuedAt: start - 6e4,
      expiresAt: start + 36e5,
    };
    await home.db.transaction(async (tx) => {
      const gzip = new Uint8Array();
      for (const [sha, body] of trie.objects)
        await insert(tx, "allowlistObject", { sha, body, gzip, createdAt: start });
      await insert(tx, "head", head);
      await insert(tx, "client", client("https://doubted.acme.com/secret.json", "denied"));
      await insert(tx, "client", client("https://tools.acme.com/pending.json", "pending"));
      for (const [clientId] of entries) await insert(tx, "client", client(clientId, "approved"));
    });
  });
  afterAll(async () => {
    await ctx.close();
    await home.drop();
  });

  function client(clientId: string, lifecycle: "approved" | "denied" | "pending") {
    const host = new URL(clientId).hostname;
    return {
      id: ctx.newId(),
      clientId,
      host,
      domain: host.split(".").slice(-2).join("."),
      name: clientId,
      profile: "ietf" as const,
      lifecycle,
      lifecycleAt: start,
      sync: "in_sync" as const,
      riskTier: "low" as const,
      riskReasons: [],
      selfApproved: false,
      failures: 0,
      createdAt: start,
      updatedAt: start,
      revision: 1,
    };
  }
  const ask = (adapter: string, acceptHost = true, given: Partial<Row<"head">> = {}) =>
    exportList(home.db, start, { list: "prod", head: { ...head, ...given }, adapter, acceptHost });
  const made = async (adapter: string) => (await ask(adapter)) as Export;

  test("who is exported is who a server would let in, and nobody else", async () => {
    const list = await exportedList(home.db, start, "prod", head);
    expect(list?.entries.map(({ clientId }) => clientId)).toEqual(allowed);
    for (const [clientId] of entries) {
      const { decision } = await evaluateClient(home.db, start, { audience: "prod", clientId });
      expect([clientId, decision]).toEqual([clientId, allowed.includes(clientId) ? "allow" : "deny"]);
    }
  });

  test("a denied key is taken out of the entries, and never the last one", async () => {
    const list = await exportedList(home.db, start, "prod", head);
    for (const listed of list?.entries ?? []) expect(listed.entry.jkts).toEqual(["key-1"]);
  });

  test("no export names a refused client, and no host list lets one in", async () => {
    const refused = entries.map(([clientId]) => clientId).filter((clientId) => !allowed.includes(clientId));
    for (const { name, grain } of adapters) {
      const body = (await made(name)).body;
      const { deny: _deny, ...rest } = JSON.parse(body) as Record<string, unknown>;
      // What an export says is denied is not an admission.
      const text = name === "opa" ? body.replace(/"denied": [^]*/, "") : JSON.stringify(rest);
      for (const clientId of refused) expect([name, text.includes(clientId)]).toEqual([name, false]);
      expect([grain, body.includes("secret.json")]).toEqual([grain, false]);
    }
    const list = await exportedList(home.db, start, "prod", head);
    if (!list) throw new Error("unreadable");
    const { names, admitted, refused: left } = hostsOf(list);
    expect(names).toEqual(["app.acme.com", "ends.acme.com", "tools.acme.com"]);
    expect(admitted.map(({ others }) => others)).toEqual([false, false, true]);
    expect(left.map(({ clientId }) => clientId).toSorted()).toEqual(
      [
        "https://acme.github.io/c.json",
        "https://doubted.acme.com/c.json",
        "https://gone.acme.com/other.json",
        "https://ported.acme.com/c.json",
      ].toSorted(),
    );
  });

  test("only namespaces that count now are exported, with those that deny", async () => {
    const of = (path: string, rest: Partial<NamespaceEntry>) => ({
      pattern: `https://chat.acme.com/${path}/*`,
      status: "allow" as const,
      ...rest,
    });
    const namespaces = [
      of("now", { exp: now + 1 }),
      of("ended", { exp: now }),
      of("stale", { max_stale: 59 }),
      of("denied", { status: "deny", exp: now }),
    ];
    const body = JSON.stringify({ v: 1, namespaces });
    const sha = sha256Hex(body);
    await home.db.transaction((tx) =>
      insert(tx, "allowlistObject", { sha, body, gzip: new Uint8Array(), createdAt: start }),
    );
    const list = await exportedList(home.db, start, "prod", { ...head, ns: sha });
    expect(list?.namespaces).toEqual([namespaces[0], namespaces[3]]);
  });

  test("whole hosts must be accepted, whatever is on the list", async () => {
    for (const { name, grain } of adapters) {
      const answer = await ask(name, false);
      if (grain !== "host") expect(answer.kind).toBe("export");
      else
        expect(answer).toMatchObject({
          kind: "none",
          status: 409,
          type: "would-widen",
          members: {
            would_admit: [
              {
                host: "app.acme.com",
                because_of: [fine],
                others_known: false,
              },
              { host: "ends.acme.com" },
              {
                host: "tools.acme.com",
                others_known: true,
              },
            ],
          },
        });
    }
  });

  test("the ETag follows the release, the product and what it says", async () => {
    const { etag } = await made("pocket-id");
    expect(etag).toMatch(/^"7-pocket-id\.1-[0-9a-f]{16}"$/);
    expect(((await ask("pocket-id", true, { seq: 43, issuedAt: start })) as Export).etag).not.toBe(etag);
    expect(((await ask("pocket-id", true, { seq: 43 })) as Export).etag).toBe(etag);
    const later = { list: "prod", head, adapter: "pocket-id", acceptHost: false };
    // Nothing was published since, but an approval has ended.
    const ended = (await exportList(home.db, start + 61_000, later)) as Export;
    expect(ended.etag).not.toBe(etag);
    expect(ended.body).not.toContain("ends.acme.com");
  });

  test.each<[string, Partial<NoExport>, Partial<Row<"head">>]>([
    ["no-such-product", { status: 404, type: "unknown-adapter" }, {}],
    ["json", { status: 503, type: "list-expired" }, { expiresAt: start }],
    ["json", { status: 413, type: "export-too-large" }, { count: 50_001 }],
    ["json", { status: 503, type: "unavailable" }, { root: "0".repeat(64) }],
    ["json", { status: 503, type: "unavailable" }, { ns: "0".repeat(64) }],
  ])("%s is refused: %o", async (adapter, expected, given) => {
    expect(await ask(adapter, true, given)).toMatchObject({ kind: "none", ...expected });
  });

  test("the newest release is found by the name of its list", async () => {
    const given = { list: "prod", adapter: "json", acceptHost: false };
    expect(await exportNewest(home.db, start, given)).toMatchObject({ kind: "export" });
    await expect(exportNewest(home.db, start, { ...given, list: "none" })).rejects.toThrow("none");
  });

  test("the choices name every product with its URL and what it cannot say", () => {
    const choices = exportChoices("https://rollcall.example", "prod");
    expect(choices.map(({ name }) => name).toSorted()).toEqual(adapters.map(({ name }) => name).toSorted());
    expect(choices.find(({ name }) => name === "keycloak")).toMatchObject({
      title: "Keycloak",
      url: "https://rollcall.example/v1/lists/prod/export/keycloak?accept=host",
      wholeHosts: true,
      page: "docs/servers/keycloak.md",
    });
  });
});
