import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { hour } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { saveChannel } from "#lib/flows/channels/saveChannel.ts";
import { issueToken } from "#lib/flows/people/issueToken.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { publish, quiet, quietRedirect, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";
import { openApi } from "./openApi.ts";
import {
  bearer,
  call,
  handlersOf,
  home,
  pathOf,
  routes,
  send,
  serve,
  sessionOf as sessionHeaders,
} from "./testing/callApi.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

eachDatabase((open) => {
  let database: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let tokens: Record<"ci" | "reader" | "operator", string>;
  beforeEach(async () => {
    database = await open();
    ctx = await openTestContext(database.db, { sandbox });
    stage = await setStage(ctx);
    const make = async (role: "ci" | "reader" | "operator") =>
      (await issueToken(ctx, stage.ada, { name: role, role })).token;
    tokens = { ci: await make("ci"), reader: await make("reader"), operator: await make("operator") };
    serve(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await database.drop();
  });

  const sessionOf = (person: PersonActor) => sessionHeaders(ctx, person);
  const registration = () => ({
    client_id: quiet,
    owner_team_id: stage.platform,
    sponsor: "Mara Lind",
    purpose: "Reads tickets.",
    grants: [{ resource: tickets, scopes: ["tickets.read"] }],
    valid_days: 90,
    reason: "From the pipeline.",
  });

  test("a client goes from preview to an allow, and a suspension to a deny, over HTTP alone", async () => {
    const ci = bearer(tokens.ci);
    const preview = await call("preview", send("POST", { client_id: quiet }, ci));
    expect(preview).toMatchObject({ status: 200, body: { client_id: quiet, verdict: "valid" } });
    const made = await call("clients", send("POST", registration(), ci));
    expect(made).toMatchObject({ status: 201, body: { request_number: 1 } });
    const { id } = made.body as { id: string };
    expect(made.raw.headers.get("location")).toBe(`/api/v1/clients/${id}`);
    const client = await call(`clients/${id}`, { headers: ci });
    expect(client.body).toMatchObject({
      client_id: quiet,
      lifecycle: "pending",
      open_request: 1,
      created_at: "2026-11-21T09:00:00.000Z",
      live: { number: 1, document: { redirect_uris: [quietRedirect] } },
    });

    const { body: request } = await call("requests/1", { headers: ci });
    const vote = { verdict: "approve", reason: "It is what it says.", digest: request.digest };
    expect(await call("requests/1/votes", send("POST", vote, bearer(tokens.operator)))).toMatchObject({
      status: 403,
      body: { type: "/problems/not-allowed" },
    });
    const rui = await sessionOf(stage.rui);
    // A token asked, so two people have to agree.
    const sofia = await sessionOf(stage.sofia);
    expect(await call("requests/1/votes", send("POST", vote, sofia))).toMatchObject({
      status: 200,
      body: { state: "open", votes_missing: 1 },
    });
    expect(await call("requests/1/votes", send("POST", vote, rui))).toMatchObject({
      status: 200,
      body: { state: "approved", votes_missing: 0 },
    });
    await publish(ctx);

    const ask = `evaluate?${new URLSearchParams({ audience: "prod", client_id: quiet, redirect_uri: quietRedirect, resource: tickets, scope: "tickets.read" })}`;
    expect((await call(ask, { headers: bearer(tokens.reader) })).body).toEqual({
      decision: "allow",
      reasons: [],
      sentence: `${quiet} is approved.`,
      seq: 1,
    });
    const elsewhere = ask.replace("callback", "elsewhere");
    expect((await call(elsewhere, { headers: bearer(tokens.reader) })).body).toMatchObject({
      decision: "deny",
      reasons: ["redirect_not_approved"],
    });

    const body = { reason: "Its key leaked." };
    expect(await call(`clients/${id}/suspend`, send("POST", body, ci))).toMatchObject({ status: 403 });
    const suspended = await call(`clients/${id}/suspend`, send("POST", body, bearer(tokens.operator)));
    expect(suspended).toMatchObject({ status: 200, body: { lifecycle: "suspended" } });
    await publish(ctx);
    expect((await call(ask, { headers: ci })).body).toMatchObject({
      decision: "deny",
      reasons: ["denied"],
      seq: 2,
    });
    const unlisted = await call("evaluate?audience=prod&client_id=https://a.example/", { headers: ci });
    expect(unlisted.body).toMatchObject({ decision: "deny", reasons: ["not_listed"] });
    expect(await call("evaluate?audience=none&client_id=x", { headers: ci })).toMatchObject({ status: 404 });

    const retired = await call(`clients/${id}/retire`, send("POST", body, rui));
    expect(retired).toMatchObject({ status: 200, body: { lifecycle: "retired" } });
    const again = { id, kind: "approve", reason: "Needed once more.", grants: registration().grants };
    expect(await call("requests", send("POST", again, ci))).toMatchObject({
      status: 201,
      body: { number: 2 },
    });
    const back = await call("requests/2/withdraw", send("POST", body, await sessionOf(stage.ada)));
    expect(back).toMatchObject({ status: 200, body: { state: "withdrawn" } });
    const refreshed = await call(`clients/${id}/refresh`, { method: "POST", headers: ci });
    expect(refreshed).toMatchObject({ status: 200, body: { outcome: "ok", changed: false } });
  });

  test("lists are filtered, paged and say what is wrong with a filter", async () => {
    const ci = bearer(tokens.ci);
    await call("clients", send("POST", registration(), ci));
    const other = "https://harborlight.app/.well-known/oauth-client";
    await call("clients", send("POST", { ...registration(), client_id: other }, ci));
    const first = await call("clients?limit=1", { headers: ci });
    expect(first.body).toMatchObject({ matching: 2, next_cursor: "1", clients: [{ client_id: other }] });
    const second = await call("clients?limit=1&cursor=1", { headers: ci });
    expect(second.body).toMatchObject({ next_cursor: null, clients: [{ client_id: quiet }] });
    expect((await call("clients?q=tidewater", { headers: ci })).body).toMatchObject({ matching: 1 });
    for (const query of ["q=colour:red", "limit=0", "cursor=x", "limit=1&limit=2", "sort=name"])
      expect(await call(`clients?${query}`, { headers: ci })).toMatchObject({
        status: 422,
        body: {
          type: "/problems/invalid-input",
          errors: { [query.slice(0, query.search("="))]: expect.any(String) },
        },
      });
    expect((await call("requests?state=open", { headers: ci })).body.requests).toHaveLength(2);
    expect((await call("requests?state=lost", { headers: ci })).status).toBe(422);
  });

  test("a body that cannot be used is refused with the reason, by member", async () => {
    const ci = bearer(tokens.ci);
    const post = (init: RequestInit) => call("clients", { method: "POST", ...init });
    const typed = { ...ci, "content-type": "application/json" };
    expect(await post({ headers: { ...ci, "content-type": "text/plain" }, body: "{}" })).toMatchObject({
      status: 415,
    });
    for (const body of ["{", "[]", "null", new Uint8Array([0xff])])
      expect(await post({ headers: typed, body })).toMatchObject({
        status: 400,
        body: { type: "/problems/invalid-json" },
      });
    const large = JSON.stringify({ sponsor: "x".repeat(65 * 1024) });
    expect(await post({ headers: typed, body: large })).toMatchObject({ status: 413 });
    const strange = {
      ...registration(),
      clientId: quiet,
      grants: [{ resource: tickets, scopes: [], role: 1 }],
    };
    expect(await call("clients", send("POST", strange, ci))).toMatchObject({
      status: 422,
      body: { errors: { clientId: expect.any(String), "grants.0.role": expect.any(String) } },
    });
    const missing = { client_id: quiet, grants: [{ resource: tickets }] };
    const refused = await call("clients", send("POST", missing, ci));
    expect(refused.raw.headers.get("content-type")).toBe("application/problem+json");
    expect(Object.keys(refused.body.errors as object).sort()).toEqual([
      "grants.0.scopes",
      "owner_team_id",
      "purpose",
      "reason",
      "sponsor",
    ]);
  });

  test("nobody, a revoked token, another site and a role that may not are told apart", async () => {
    const nobody = await call("clients");
    expect(nobody).toMatchObject({ status: 401, body: { type: "/problems/not-signed-in" } });
    expect(nobody.raw.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect((await call("clients", { headers: bearer("rct_unknown_unknown_unknown") })).status).toBe(401);
    expect((await call("clients", { headers: { authorization: "Basic eDp5" } })).status).toBe(401);
    expect((await call("clients", send("POST", registration(), bearer(tokens.reader)))).status).toBe(403);
    expect((await call("tokens", { headers: bearer(tokens.operator) })).status).toBe(403);

    const mara = await sessionOf(stage.mara);
    expect((await call("clients", { headers: mara })).status).toBe(200);
    const { cookie } = mara as { cookie: string };
    const sites: [Record<string, string>, number][] = [
      [{ cookie }, 403],
      [{ cookie, "sec-fetch-site": "cross-site" }, 403],
      [{ cookie, "sec-fetch-site": "same-site", origin: home }, 403],
      [{ cookie, origin: "https://evil.example" }, 403],
      [{ cookie, origin: "null" }, 403],
      [{ cookie, origin: home }, 201],
    ];
    for (const [headers, status] of sites)
      expect([headers, (await call("clients", send("POST", registration(), headers))).status]).toEqual([
        headers,
        status,
      ]);
  });

  test("what is not there is a problem too", async () => {
    const ci = bearer(tokens.ci);
    for (const path of ["clients/none", "requests/9", "requests/x", "nothing/here"])
      expect(await call(path, { headers: ci })).toMatchObject({
        status: 404,
        body: { type: "/problems/not-found" },
      });
  });

  test("editing needs the revision that was read", async () => {
    const made = await call("clients", send("POST", registration(), bearer(tokens.ci)));
    const path = `clients/${made.body.id as string}`;
    const { body: before } = await call(path, { headers: bearer(tokens.ci) });
    const edit = (revision: number) =>
      call(path, send("PATCH", { revision, contract: "C-7" }, bearer(tokens.operator)));
    expect(await edit(before.revision)).toMatchObject({ status: 200, body: { contract: "C-7" } });
    expect(await edit(before.revision)).toMatchObject({ status: 409, body: { type: "/problems/stale" } });
  });

  test("channels and deliveries are read by administrators and operators, without secrets", async () => {
    const settings = { url: "https://hooks.slack.com/services/T0/B0/sEcReT" };
    const { id } = await saveChannel(ctx, stage.ada, { name: "Slack", kind: "slack", settings });
    for (const headers of [bearer(tokens.operator), await sessionOf(stage.ada)]) {
      const { body, raw } = await call("channels", { headers });
      expect(body).toMatchObject({ channels: [{ id, where: "hooks.slack.com", condition: "untried" }] });
      expect(await raw.text()).not.toContain("sEcReT");
      const log = await call(`deliveries?channel=${id}&state=failed`, { headers });
      expect(log.body).toEqual({ deliveries: [], next_cursor: null });
      expect((await call("deliveries?state=lost", { headers })).status).toBe(422);
    }
    for (const headers of [bearer(tokens.ci), bearer(tokens.reader), await sessionOf(stage.rui)])
      expect((await call("channels", { headers })).status).toBe(403);
  });

  test("audiences, resources, servers and tokens are made and ended", async () => {
    const operator = bearer(tokens.operator);
    const ada = await sessionOf(stage.ada);
    const made = { slug: "staging", name: "Staging", is_private: false };
    expect((await call("audiences", send("POST", made, operator))).status).toBe(201);
    const resource = {
      uri: "https://mcp.example.com/mail",
      name: "Mail",
      scopes: ["mail"],
      sensitive_scopes: [],
    };
    expect((await call("audiences/staging/resources", send("POST", resource, operator))).status).toBe(200);
    const consumer = await call("audiences/staging/consumers", send("POST", { name: "idp-1" }, operator));
    expect(consumer).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^rcc_/) } });
    expect((await call("audiences", { headers: operator })).body.audiences).toHaveLength(2);
    // A server's own token reads its list, not the inventory.
    expect((await call("clients", { headers: bearer(consumer.body.token as string) })).status).toBe(403);

    const issued = await call("tokens", send("POST", { name: "cron", role: "reader", days: 7 }, ada));
    expect(issued.status).toBe(201);
    const headers = bearer(issued.body.token as string);
    expect((await call("clients", { headers })).status).toBe(200);
    const listed = await call("tokens", { headers: ada });
    expect(JSON.stringify(listed.body)).not.toContain(issued.body.token);
    const ended = await call(`tokens/${issued.body.id as string}`, { method: "DELETE", headers: ada });
    expect(ended.status).toBe(204);
    expect((await call("clients", { headers })).status).toBe(401);
  });

  test("findings are listed page by page, triaged by a token as far as it may, and decided by people", async () => {
    const { id } = (await call("clients", send("POST", registration(), bearer(tokens.ci)))).body;
    const cause = { severity: "high", effect: "growth", path: "/scope", message: "More scopes." } as const;
    await ctx.db.transaction(async (tx) => {
      const causes = ["a", "b", "c"].map((value) => ({
        ...cause,
        rule: "drift.scope-widened",
        after: { decide_by: 7, Kept: [value] },
        value,
      }));
      const low = { ...cause, rule: "drift.redirect-removed", severity: "medium" as const, value: "" };
      await keepFindings(ctx, tx, await requireClient(tx, id), "document", [low, ...causes]);
    });
    const headers = bearer(tokens.reader);
    const first = await call("findings?limit=3", { headers });
    expect(first.body).toMatchObject({
      matching: 4,
      next_cursor: "3",
      findings: [
        {
          number: 2,
          severity: "high",
          client: { client_id: quiet },
          owner_team: { id: stage.platform },
          decide_by: "2026-11-22T09:00:00.000Z",
          overdue: false,
        },
        { number: 3 },
        { number: 4 },
      ],
    });
    expect((await call("findings?limit=3&cursor=3", { headers })).body).toMatchObject({
      findings: [{ number: 1, acknowledge_by: "2026-11-22T09:00:00.000Z" }],
      next_cursor: null,
    });
    const numbers = async (query: string) =>
      (await call(`findings?${query}`, { headers })).body.findings.map(
        (each: { number: number }) => each.number,
      );
    expect(await numbers("rule=drift.redirect-removed&team=" + stage.platform)).toEqual([1]);
    expect(await numbers(`client=${encodeURIComponent(quiet)}&severity=medium,low`)).toEqual([1]);
    expect(await numbers("host=tidewater.dev&state=resolved")).toEqual([]);
    expect(await numbers("assignee=none&state=any&overdue=false")).toHaveLength(4);
    ctx.pass(4 * hour);
    expect(await numbers("overdue=true")).toEqual([2, 3, 4]);
    expect(await call("findings?state=new", { headers })).toMatchObject({
      status: 422,
      body: { errors: { state: expect.any(String) as string } },
    });

    const operator = bearer(tokens.operator);
    const act = (number: number, verb: string, body: unknown, by: Record<string, string>) =>
      call(`findings/${number}/${verb}`, send("POST", body, by));
    expect(await act(2, "acknowledge", { revision: 9 }, operator)).toMatchObject({
      status: 409,
      body: { type: "/problems/stale" },
    });
    expect(await act(2, "acknowledge", { revision: 1 }, operator)).toMatchObject({
      status: 200,
      body: { number: 2, state: "acknowledged", acknowledged_by: null, revision: 2 },
    });
    expect((await act(2, "assign", { person_id: stage.mara.id }, operator)).body).toMatchObject({
      assignee: { name: "Mara" },
    });
    expect((await act(3, "snooze", { until: "2026-12-24T00:00:00Z" }, operator)).body).toMatchObject({
      state: "snoozed",
      snoozed_until: "2026-12-24T00:00:00.000Z",
    });
    const dismissal = { reason: "expected_change", note: "The vendor said so." };
    expect((await act(2, "dismiss", dismissal, operator)).status).toBe(403);
    expect((await act(2, "acknowledge", {}, headers)).status).toBe(403);
    const mara = await sessionOf(stage.mara);
    const rui = await sessionOf(stage.rui);
    expect((await act(2, "dismiss", dismissal, mara)).body).toMatchObject({
      state: "acknowledged",
      proposed: { kind: "dismiss", reason: "expected_change", by: "Mara" },
    });
    expect((await act(2, "confirm", {}, mara)).status).toBe(403);
    const confirmed = await act(2, "confirm", {}, rui);
    expect(confirmed.body).toMatchObject({
      state: "dismissed",
      decision: { reason: "expected_change", by: "Mara", confirmed_by: "Rui" },
      after: { decide_by: 7, Kept: ["a"] },
    });
    const actions = confirmed.body.history.map((line: { action: string }) => line.action);
    expect(actions).toEqual([
      "finding.dismissed",
      "finding.proposed",
      "finding.assigned",
      "finding.acknowledged",
      "finding.opened",
    ]);
    expect((await act(2, "reopen", { note: "It was not." }, rui)).body).toMatchObject({ state: "open" });
    const waiver = { control: "The proxy blocks the host.", until: "2027-01-10", note: "Until the fix." };
    expect((await act(1, "waive", waiver, rui)).body).toMatchObject({
      state: "waived",
      waived_until: "2027-01-10T00:00:00.000Z",
    });
    expect((await act(4, "waive", waiver, mara)).body).toMatchObject({ proposal: "waive" });
    expect((await act(4, "decline", { note: "No." }, rui)).body).toMatchObject({ proposal: null });
    expect((await call("findings/99", { headers })).status).toBe(404);
  });

  test("the exported journal can be verified with SHA-256 alone", async () => {
    const { raw } = await call("journal", { headers: bearer(tokens.reader) });
    expect(raw.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = (await raw.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { seq: number; hash: string; prev_hash: string; bytes: string });
    expect(lines.length).toBeGreaterThan(3);
    lines.forEach((line, index) => {
      expect(line.seq).toBe(index + 1);
      expect(sha256Hex(line.bytes)).toBe(line.hash);
      expect(line.prev_hash).toBe(lines[index - 1]?.hash ?? "");
    });
    const later = await call(`journal?after=${lines.length}`, { headers: bearer(tokens.reader) });
    expect(await later.raw.text()).toBe("");
  });

  test("an outage is a 503 without a stack", async () => {
    const broken = { ...ctx, db: { ...ctx.db, orm: undefined } };
    serve(broken);
    const answer = await call("clients", { headers: bearer(tokens.ci) });
    expect(answer).toMatchObject({ status: 503, body: { type: "/problems/unavailable" } });
    expect(answer.body.detail).not.toMatch(/undefined|at .*\.ts/);
  });
});

test("the OpenAPI document names every route and every method, and nothing else", async () => {
  const described = Object.entries(openApi.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served: string[] = [];
  for (const route of routes.filter((each) => !each.startsWith("[..."))) {
    const handlers = await handlersOf(route);
    for (const method of Object.keys(handlers).filter((each) => /^[A-Z]+$/.test(each)))
      served.push(`${method} ${pathOf(route)}`);
  }
  expect(described.sort()).toEqual(served.sort());
  const names = Object.keys(openApi.components.schemas);
  for (const [, name] of JSON.stringify(openApi).matchAll(/#\/components\/schemas\/(\w+)/g))
    expect(names).toContain(name);
});
