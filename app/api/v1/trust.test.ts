import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day, second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find } from "#lib/db/rows.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { issueToken } from "#lib/flows/people/issueToken.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { recordSightings } from "#lib/flows/sightings/recordSightings.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { openApi } from "./openApi.ts";
import { bearer, call, send, serve, sessionOf } from "./testing/callApi.ts";

type Headers = Record<string, string>;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

const harbor = "https://harborlight.app/.well-known/oauth-client";
const reason = "For the test.";

eachDatabase((open) => {
  let database: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let by: Record<"ci" | "reader" | "operator" | "ada" | "mara" | "rui" | "sofia" | "otto", Headers>;
  beforeEach(async () => {
    database = await open();
    ctx = await openTestContext(database.db, { sandbox });
    stage = await setStage(ctx);
    const token = async (role: "ci" | "reader" | "operator") =>
      bearer((await issueToken(ctx, stage.ada, { name: role, role })).token);
    by = {
      ci: await token("ci"),
      reader: await token("reader"),
      operator: await token("operator"),
      ada: await sessionOf(ctx, stage.ada),
      mara: await sessionOf(ctx, stage.mara),
      rui: await sessionOf(ctx, stage.rui),
      sofia: await sessionOf(ctx, stage.sofia),
      otto: await sessionOf(ctx, stage.otto),
    };
    serve(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await database.drop();
  });

  const get = async (path: string, headers: Headers = by.reader) => (await call(path, { headers })).body;
  const post = (path: string, body: unknown, headers: Headers) => call(path, send("POST", body, headers));

  test("a namespace is proposed, tried, approved by two people, changed and taken away", async () => {
    const constraints = {
      redirect_hosts: ["quillnest.dev"],
      loopback: false,
      methods: ["none"],
      grant_types: ["authorization_code"],
      grants: [{ resource: tickets, scopes: ["tickets.read"] }],
      most_children: 5,
    };
    const proposal = {
      pattern: "https://quillnest.dev/oauth/*/client.json",
      name: "Quillnest",
      owner_team_id: stage.platform,
      sponsor: "Mara Lind",
      purpose: "One client per connector.",
      constraints,
      reason,
    };
    const wrong = { ...proposal, constraints: { ...constraints, redirect_hosts: [], most_children: 0 } };
    expect((await post("namespaces", wrong, by.mara)).body).toMatchObject({
      status: 422,
      errors: { "constraints.most_children": expect.any(String) },
    });
    expect(await post("namespaces", { ...proposal, constraints: { hosts: [] } }, by.mara)).toMatchObject({
      status: 422,
      body: { errors: { "constraints.hosts": expect.any(String) } },
    });
    for (const headers of [by.ci, by.operator])
      expect((await post("namespaces", proposal, headers)).status).toBe(403);
    const made = await post("namespaces", proposal, by.mara);
    expect(made).toMatchObject({ status: 201, body: { number: 1 } });
    expect((await post("namespaces", proposal, by.mara)).status).toBe(409);

    const seen = await get("namespaces/1");
    expect(seen).toMatchObject({ standing: "pending", waits: true, constraints: { most_children: 5 } });
    const child = encodeURIComponent("https://quillnest.dev/oauth/7f3a/client.json");
    expect(await get(`namespaces/1/try?client_id=${child}`)).toMatchObject({
      matches: true,
      by_constraints: { allowed: true },
      servers: [{ slug: "prod", allowed: false }],
    });
    expect(await get("namespaces/1/try?client_id=https://quillnest.dev/")).toMatchObject({ matches: false });
    expect((await get("namespaces/1/try")).status).toBe(422);
    expect((await get(`namespaces?client_id=${child}`)).namespaces).toMatchObject([{ number: 1 }]);
    expect((await get("namespaces?client_id=x")).namespaces).toEqual([]);

    const vote = { verdict: "approve", reason, digest: seen.digest as string };
    for (const headers of [by.ci, by.operator, by.mara, by.otto])
      expect((await post("namespaces/1/votes", vote, headers)).status).toBe(403);
    expect((await post("namespaces/1/votes", { ...vote, digest: "other" }, by.rui)).status).toBe(409);
    expect((await post("namespaces/1/votes", vote, by.rui)).body).toMatchObject({ votes_missing: 1 });
    expect((await post("namespaces/1/votes", vote, by.sofia)).body).toMatchObject({ state: "approved" });
    expect((await get("namespaces/1")).votes).toHaveLength(2);

    const more = { ...constraints, most_children: 9, loopback: true };
    expect((await post("namespaces/1/change", { constraints: more, reason }, by.operator)).status).toBe(403);
    expect((await post("namespaces/1/change", { constraints: more, reason }, by.mara)).body).toMatchObject({
      constraints: { most_children: 5 },
      proposed: { most_children: 9 },
      waits: true,
    });
    expect((await post("namespaces/1/renew", { reason }, by.mara)).status).toBe(409);
    expect((await post("namespaces/1/withdraw", { reason }, by.rui)).status).toBe(403);
    expect((await post("namespaces/1/withdraw", { reason }, by.mara)).body).toMatchObject({ proposed: null });
    expect((await post("namespaces/1/suspend", { reason }, by.ci)).status).toBe(403);
    expect((await post("namespaces/1/suspend", { reason }, by.operator)).body).toMatchObject({
      standing: "suspended",
    });
    expect((await post("namespaces/1/renew", { reason, valid_days: 30 }, by.mara)).body).toMatchObject({
      waits: true,
      valid_days: 30,
    });
    expect((await post("namespaces/1/retire", { reason }, by.operator)).body).toMatchObject({
      standing: "retired",
    });
    expect((await get("namespaces/9")).status).toBe(404);
  });

  test("a copy is uploaded by one person and attested by another, never by a token", async () => {
    const id = await approved(ctx, stage, harbor);
    const body = (await sandbox.control.documents()).find(({ url }) => url === harbor)?.body as object;
    const document = JSON.stringify({ ...body, client_name: "Read in a browser" }, null, 2);
    const copy = { document, note: "From a browser, at the vendor's page." };
    expect((await post(`clients/${id}/copies`, copy, by.mara)).body).toMatchObject({ status: 409 });
    await sandbox.control.break(harbor, { kind: "challenge" });
    await refreshClient(ctx, stage.mara, { id });

    for (const headers of [by.ci, by.operator, by.otto])
      expect((await post(`clients/${id}/copies`, copy, headers)).status).toBe(403);
    expect((await post(`clients/${id}/copies`, { note: copy.note }, by.mara)).body.errors).toEqual({
      document: "Give the document as text.",
    });
    expect((await post(`clients/${id}/copies`, { ...copy, document: "<html>" }, by.mara)).body).toMatchObject(
      {
        status: 422,
        errors: { document: expect.any(String) },
      },
    );
    const spaces = { ...copy, document: document + " ".repeat(70_000) };
    expect((await post(`clients/${id}/copies`, spaces, by.mara)).body.detail).toMatch(/bytes; at most/);
    const made = await post(`clients/${id}/copies`, copy, by.mara);
    expect(made).toMatchObject({ status: 201, body: { snapshot: 2, errors: 0 } });

    expect(await get("copies")).toMatchObject({
      copies: [{ state: "waiting", client: { client_id: harbor } }],
    });
    const path = `copies/${made.body.id as string}`;
    expect(await get(path)).toMatchObject({ document, uploader: "Mara", is_live: false });
    const waiting = async (headers: Headers) =>
      ((await get("inbox", headers)).items as { part: string; title: string }[])
        .filter(({ title }) => title.includes("copy"))
        .map(({ part }) => part);
    expect(await waiting(by.rui)).toEqual(["copies"]);
    expect(await waiting(by.mara)).toEqual(["mine"]);
    expect((await get("inbox", by.operator)).status).toBe(403);

    const attest = (headers: Headers, verdict = "attested") =>
      post(`${path}/attest`, { verdict, reason: "Compared line by line." }, headers);
    for (const headers of [by.operator, by.mara, by.otto]) expect((await attest(headers)).status).toBe(403);
    expect((await attest(by.rui, "yes")).body.errors).toEqual({
      verdict: "Say attested if it is what the owner publishes, else refused.",
    });
    expect((await attest(by.rui)).body).toMatchObject({
      state: "attested",
      decider: "Rui",
      is_live: true,
      renew_by: new Date(ctx.clock() + 30 * day).toISOString(),
    });
    expect((await attest(by.sofia)).body).toMatchObject({ status: 409 });
    expect((await get(`clients/${id}/copies`)).copies).toHaveLength(1);
    expect((await get("clients/none/copies")).status).toBe(404);
    expect((await get("copies/none")).status).toBe(404);
  });

  test("unknown clients are listed, put aside and denied; hosts are blocked by one and unblocked by two", async () => {
    const { consumerId } = await connectConsumer(ctx, stage.ada, {
      audienceId: stage.audienceId,
      name: "idp-1",
    });
    const { tokenId } = (await find(ctx.db, "consumer", { id: consumerId })) ?? {};
    const audienceId = stage.audienceId;
    const server = { kind: "token", id: tokenId ?? "", name: "idp-1", role: "consumer", audienceId } as const;
    const at = Math.floor(ctx.clock() / second);
    const ids = ["https://many.dev/1", "https://many.dev/2", "https://one.dev/c"];
    const counts = { allowed: 0, refused: 2, outcomes: {}, first_at: at, last_at: at };
    const shape = { redirect_uri: "https://a.dev/cb", scopes: ["tickets.read"] };
    const sightings = ids.map((client_id) => ({ client_id, shape, ...counts }));
    const report = {
      list: "prod",
      instance: "i",
      batch: "batch-1-0000",
      from: 0,
      to: at,
      dropped: 0,
      sightings,
    };
    await recordSightings(ctx, server, { consumerId, report });
    const list = await get("unknown?limit=1");
    expect(list).toMatchObject({
      matching: 2,
      next_cursor: "1",
      counts: { all: 3 },
      hosts: [{ host: "many.dev", clients: 2, lines: [{ aside_below: null, total: 2 }, {}] }],
    });
    expect((await get("unknown?show=lost")).errors).toEqual({ show: expect.any(String) });
    const ignore = { client_id: "https://one.dev/c", times: 5 };
    expect((await post("unknown/ignore", ignore, by.reader)).status).toBe(403);
    expect((await post("unknown/ignore", ignore, by.ci)).status).toBe(204);
    expect((await get("unknown?show=aside")).hosts[0].lines).toMatchObject([{ aside_below: 7 }]);
    const deny = { client_id: "https://many.dev/1", reason };
    expect((await post("unknown/deny", deny, by.ci)).status).toBe(403);
    const denied = await post("unknown/deny", deny, by.operator);
    expect(await get(`clients/${denied.body.id as string}`)).toMatchObject({ lifecycle: "blocked" });
    expect((await post("unknown/deny", { ...deny, client_id: "https://x.dev/" }, by.operator)).status).toBe(
      404,
    );

    expect(
      (await post("host-blocks", { host: "https://many.dev/", reason }, by.operator)).body.errors,
    ).toEqual({
      host: expect.stringContaining("without scheme"),
    });
    expect((await post("host-blocks", { host: "many.dev", reason }, by.ci)).status).toBe(403);
    expect(await post("host-blocks", { host: "many.dev", reason }, by.operator)).toMatchObject({
      status: 201,
      body: { hosts: [{ host: "many.dev", blocker: null }] },
    });
    const lift = async (headers: Headers, verb = "lift") =>
      (await post(`host-blocks/many.dev/${verb}`, { reason }, headers)).body;
    expect(await lift(by.operator)).toMatchObject({ status: 403 });
    expect(await lift(by.rui)).toEqual({ outcome: "asked" });
    expect((await get("host-blocks")).hosts).toMatchObject([{ lift_asker: "Rui" }]);
    expect(await lift(by.rui)).toMatchObject({ status: 409 });
    expect(await lift(by.sofia, "keep")).toEqual({ outcome: "kept" });
    expect(await lift(by.rui)).toEqual({ outcome: "asked" });
    expect(await lift(by.sofia)).toEqual({ outcome: "lifted" });
    expect((await get("host-blocks")).hosts).toEqual([]);
  });

  test("releases are listed and compared, and a list is rolled back by one person and let go by two", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    await suspendClient(ctx, stage.rui, { id, reason });
    await publish(ctx);
    expect(await get("audiences/prod/releases")).toMatchObject({
      releases: [{ rev: 2, confirmed: 0 }, { rev: 1 }],
      held: null,
    });
    expect(await get("audiences/prod/releases/2")).toMatchObject({
      comparison: { against: 1, lines: [{ client_id: quiet, direction: "less" }] },
      rollback: null,
    });
    const first = await get("audiences/prod/releases/1?against=2");
    expect(first).toMatchObject({
      entries: [{ client_id: quiet, status: "allow", id }],
      comparison: { against: 2 },
      rollback: { possible: true },
    });
    for (const path of ["audiences/none/releases", "audiences/prod/releases/7", "audiences/prod/releases/x"])
      expect((await get(path)).status).toBe(404);
    expect((await get("audiences/prod/releases/2?against=7")).status).toBe(404);

    const back = (body: object, headers: Headers) => post("audiences/prod/rollback", body, headers);
    for (const headers of [by.operator, by.mara])
      expect((await back({ rev: 1, reason }, headers)).status).toBe(403);
    expect((await back({ reason }, by.rui)).body.errors).toEqual({ rev: expect.any(String) });
    expect((await back({ rev: 7, reason }, by.rui)).status).toBe(404);
    expect((await back({ rev: 1, reason }, by.rui)).body).toMatchObject({ held: { rev: 1, by: "Rui" } });
    const end = async (headers: Headers, verb = "end") =>
      (await call(`audiences/prod/rollback/${verb}`, { method: "POST", headers })).body;
    expect(await end(by.operator)).toMatchObject({ status: 403 });
    expect(await end(by.rui)).toEqual({ outcome: "asked" });
    expect((await get("audiences/prod/releases")).held).toMatchObject({ asked_by: "Rui" });
    expect(await end(by.sofia, "keep")).toEqual({ outcome: "kept" });
    expect(await end(by.rui)).toEqual({ outcome: "asked" });
    expect(await end(by.sofia)).toEqual({ outcome: "released" });
    expect((await post("audiences/prod/resume", { reason }, by.operator)).status).toBe(403);
    expect((await post("audiences/prod/resume", { reason }, by.ada)).status).toBe(409);
  });

  test("signing keys are read by everybody and turned by administrators; people and teams have ids", async () => {
    await publish(ctx);
    const { keys, next } = await get("signing-keys");
    expect(keys).toMatchObject([{ state: "active", named: null }]);
    expect(next.step).toBe("publish");
    expect(JSON.stringify(keys)).not.toMatch(/sealed|"d"/);
    const { kid } = keys[0] as { kid: string };
    const exposure = await get(`signing-keys/${kid}/exposure`);
    expect(exposure).toMatchObject({ kid, revoked_at: null, servers: [] });
    expect((await get("signing-keys/none/exposure")).status).toBe(404);
    const rotate = (headers: Headers, body: object = {}) => post("signing-keys/rotate", body, headers);
    expect((await rotate(by.operator)).status).toBe(403);
    expect((await rotate(by.ada, { force: "yes" })).status).toBe(422);
    expect((await rotate(by.ada)).body).toMatchObject({ state: expect.stringMatching(/^(asked|next)$/) });
    expect((await post(`signing-keys/${kid}/revoke`, { reason }, by.operator)).status).toBe(403);
    expect((await post(`signing-keys/${kid}/revoke`, { reason }, by.ada)).body).toMatchObject({
      was: "active",
    });

    const { people } = await get("people");
    expect(people).toContainEqual({
      id: stage.mara.id,
      name: "Mara",
      role: "member",
      active: true,
      teams: [{ id: stage.platform, name: "AI Platform" }],
    });
    expect((await get("teams")).teams).toMatchObject([
      { name: "AI Platform", people: 2 },
      { name: "Security" },
    ]);
  });

  test("an announced key is confirmed by another person, never by a token", async () => {
    const id = await approved(ctx, stage);
    const key = {
      jkt: "b".repeat(43),
      expected_by: new Date(ctx.clock() + 7 * day).toISOString().slice(0, 10),
    };
    const made = await post(`clients/${id}/announcements`, key, by.mara);
    expect(made.status).toBe(201);
    const confirm = async (headers: Headers) =>
      (await call(`announcements/${made.body.id as string}/confirm`, { method: "POST", headers })).status;
    expect([await confirm(by.operator), await confirm(by.mara), await confirm(by.rui)]).toEqual([
      403, 403, 204,
    ]);
    expect((await get(`clients/${id}/announcements`)).announcements).toMatchObject([{ confirmed_by: "Rui" }]);
  });

  test("a parameter that nobody reads is refused, and nothing happens meanwhile", async () => {
    expect((await get("teams?x=1")).errors).toEqual({ x: expect.any(String) });
    const refused = await post("host-blocks?dry_run=true", { host: "many.dev", reason }, by.operator);
    expect(refused.body).toMatchObject({ status: 422, errors: { dry_run: expect.any(String) } });
    expect((await get("host-blocks")).hosts).toEqual([]);
  });

  test("the OpenAPI document names every member and parameter that is read, and nothing else", async () => {
    const known = (detail: string) =>
      /Known are: (.+?)\.$/
        .exec(detail)?.[1]
        ?.split(", ")
        .filter((name) => name !== "none") ?? [];
    for (const [path, operations] of Object.entries(openApi.paths)) {
      const place = path
        .slice(1)
        .replace("{number}", "1")
        .replace("{slug}", "prod")
        .replace(/\{\w+\}/g, "1");
      for (const [method, operation] of Object.entries(operations) as [string, Described][]) {
        const told = `${method} ${path}`;
        const names = (operation.parameters ?? [])
          .filter((each) => each.in === "query")
          .map(({ name }) => name);
        if (method === "get" && names.length > 0) {
          const { errors } = await get(`${place}?none_such=1`, by.ada);
          expect([told, known(errors.none_such as string)]).toEqual([told, names]);
        }
        if (method !== "post" && method !== "patch") continue;
        const refused = (await call(place, send(method.toUpperCase(), { none_such: 1 }, by.ada))).body;
        const { schema } = operation.requestBody?.content["application/json"] ?? {};
        const { properties = {} } = schema?.$ref ? schemaOf(schema.$ref) : (schema ?? {});
        expect([told, known(refused.detail as string).sort()]).toEqual([
          told,
          Object.keys(properties).sort(),
        ]);
      }
    }
  });

  test("what is missing in a body is said in sentences of ours, by member", async () => {
    await approved(ctx, stage);
    const bare: string[] = [];
    for (const [path, operations] of Object.entries(openApi.paths)) {
      const operation = (operations as { post?: Described }).post;
      const { schema } = operation?.requestBody?.content["application/json"] ?? {};
      const required = schema?.required ?? [];
      if (required.length === 0) continue;
      const place = path
        .slice(1)
        .replace("{number}", "1")
        .replace("{slug}", "prod")
        .replace(/\{\w+\}/g, "1");
      const { body } = await call(place, send("POST", {}, by.ada));
      const sentences = [body.detail, ...Object.values(body.errors ?? {})] as string[];
      if (sentences.some((sentence) => /Invalid (input|option)|received/.test(sentence)))
        bare.push(`${path}: ${sentences[0]}`);
    }
    expect(bare).toEqual([]);
  });
});

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: {
      readonly "application/json": { readonly schema: Members & { readonly $ref?: string } };
    };
  };
}

interface Members {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

function schemaOf(ref: string): Members {
  return openApi.components.schemas[ref.split("/").at(-1) as keyof typeof openApi.components.schemas];
}
