import { createHash, randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { createConsumer, memoryStore, type Consumer } from "#lib/consumer/createConsumer.ts";
import { browse } from "../lab/browse.ts";
import { createMcpClient } from "../lab/createMcpClient.ts";
import { startAuthorizationServer, type AuthorizationServer } from "../lab/startAuthorizationServer.ts";
import { startCallback } from "../lab/startCallback.ts";
import { startMcpServer, type RunningMcpServer } from "../lab/startMcpServer.ts";
import { sandboxFetch, type SandboxFetch } from "../sandbox/sandboxFetch.ts";
import { startSandbox, type Sandbox } from "../sandbox/startSandbox.ts";
import { databaseEnv, startInstallation, type Installation } from "../startInstallation.ts";

/*
 * The whole way on a new installation: people in a browser, a stock oidc-provider that enforces the list, and the
 * official MCP SDK as the client that wants in.
 */
const quill = "https://quillagent.dev/oauth/client.json";
const stranger = "https://bramblebot.dev/client.json";
const password = "four words make it";

for (const database of ["SQLite", "PostgreSQL"] as const)
  test.describe(`on ${database}`, () => {
    test.describe.configure({ mode: "serial" });
    test.skip(
      database === "PostgreSQL" && !process.env["TEST_PG_URL"],
      "There is no PostgreSQL on this machine.",
    );
    loop(database);
  });

function loop(database: "SQLite" | "PostgreSQL"): void {
  let sandbox: Sandbox;
  let web: SandboxFetch;
  let mcp: RunningMcpServer;
  let rollcall: Installation;
  let consumer: Consumer;
  let server: AuthorizationServer;
  let admin: Page;
  let reviewer: Page;
  let visitor: Page;

  test.beforeAll(async ({ browser }) => {
    sandbox = await startSandbox();
    web = sandboxFetch(sandbox);
    mcp = await startMcpServer({ authorizationServer: () => server.issuer });
    rollcall = await startInstallation({ ...sandbox.env, ...(await databaseEnv(database)) });
    [admin, reviewer, visitor] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  });

  test.afterAll(async () => {
    await server?.stop();
    await consumer?.stop();
    await rollcall?.stop();
    await mcp?.stop();
    await web?.close();
    await sandbox?.stop();
  });

  async function newPage(browser: Browser): Promise<Page> {
    return (await browser.newContext({ baseURL: rollcall?.baseUrl })).newPage();
  }

  test("the one-time link creates the first administrator, once", async () => {
    await admin.goto(rollcall.setupLink);
    await createAccount(admin, "Ada Brandt", "ada@ferncastle.example");
    await expect(admin.getByRole("navigation")).toContainText("Ada Brandt");
    await visitor.goto(rollcall.setupLink);
    await expect(visitor.getByText("This link was used or has run out.")).toBeVisible();
  });

  test("the front door answers with the sign-in page, and lets the administrator in from there", async () => {
    const answer = await visitor.goto(`${rollcall.baseUrl}/`);
    expect(answer?.status()).toBe(200);
    await visitor.getByLabel("E-mail address").fill("ada@ferncastle.example");
    await visitor.getByLabel("Password").fill(password);
    await visitor.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(visitor.getByRole("navigation")).toContainText("Ada Brandt");
    expect(new URL(visitor.url()).pathname).toBe("/");
    await visitor.getByRole("link", { name: "Clients", exact: true }).first().click();
    await expect(visitor.getByRole("heading", { name: "Clients" }).first()).toBeVisible();
  });

  test("an administrator adds a team, invites a reviewer and connects an authorization server", async () => {
    await admin.goto(`${rollcall.baseUrl}/people`);
    await admin.getByLabel("New team").fill("Developer Platform");
    await admin.getByRole("button", { name: "Add the team" }).click();
    await expect(admin.getByRole("cell", { name: "Developer Platform" }).first()).toBeVisible();
    await admin.getByRole("button", { name: "Make an invite link" }).click();
    const link = await admin
      .getByText(/\/invite\/[\w-]{20,}/)
      .first()
      .innerText();
    await reviewer.goto(link.trim());
    await createAccount(reviewer, "Mara Acosta", "mara@ferncastle.example");
    await expect(reviewer.getByRole("navigation")).toContainText("Mara Acosta");

    await admin.goto(`${rollcall.baseUrl}/servers/new`);
    await admin.getByRole("textbox", { name: /^Name/ }).first().fill("Lab");
    await admin.getByLabel("Short name").fill("lab");
    await admin.getByLabel("Resource URI").fill(mcp.url);
    await admin.getByRole("textbox", { name: /^Name/ }).nth(1).fill("Ticket tools");
    await admin.getByLabel("Scopes", { exact: false }).first().fill("tickets.read tickets.write");
    await admin.getByRole("button", { name: "Add and make its list" }).click();
    await admin.getByLabel("Name of the server").fill("lab-1");
    await admin.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(admin.getByText("Connected.")).toBeVisible();
    const shown = await admin.getByRole("form", { name: "Connect a server" }).innerText();
    const token = /rcc_[\w-]+/.exec(shown)?.[0];
    const consumerId = /consumers\/(\w+)\/status/.exec(shown)?.[1] ?? "";
    const enrolment = /http\S+\/head\S*/.exec(shown)?.[0] ?? "";
    consumer = createConsumer({
      head: enrolment,
      token,
      mode: "mirror",
      enforcement: "enforce",
      store: memoryStore(),
      status: { url: rollcall.baseUrl, consumerId, instance: "lab-1" },
    });
    await consumer.ready();
    consumer.start();
    server = await startAuthorizationServer({ allowlist: consumer, fetch: web.fetch });
  });

  test("an unlisted client is refused without its document being fetched", async () => {
    const before = (await sandbox.control.requests(stranger)).length;
    const client = createMcpClient({
      serverUrl: mcp.url,
      clientId: stranger,
      redirectUri: "http://127.0.0.1:51234/callback",
    });
    await visitor.goto((await client.signIn()).href);
    await expect(visitor.locator("body")).toContainText("invalid_client");
    expect(await sandbox.control.requests(stranger)).toHaveLength(before);
  });

  test("paste, read, ask; a second person approves; the server lets the client in", async () => {
    await admin.goto(`${rollcall.baseUrl}/clients/new`);
    await admin.getByLabel("client_id").fill(quill);
    await expect(admin.getByText("Quill Agent").first()).toBeVisible();
    await admin.getByLabel("Owner team").selectOption({ label: "Developer Platform" });
    await admin.getByLabel("Sponsor").fill("Ines Whitfield");
    await admin.getByLabel("Purpose").fill("First drafts of replies");
    await admin.getByLabel("tickets.read", { exact: true }).check();
    await admin.getByLabel("Why?").fill("The support team tries it for a month.");
    await admin.getByRole("button", { name: "Ask for approval" }).click();
    await admin.waitForURL(/\/requests\/1/);
    await expect(admin.getByRole("button", { name: "Approve" })).toHaveCount(0);

    await reviewer.goto(`${rollcall.baseUrl}/requests/1`);
    await reviewer.getByLabel("Why?").fill("Drafts only; a person sends.");
    const approve = reviewer.getByRole("button", { name: /^Approve/ });
    await approve.click();
    await expect(approve).toHaveCount(0);

    await expect
      .poll(async () => (await consumer.decide({ client_id: quill })).decision, { timeout: 10_000 })
      .toBe("allow");
    // The document grows after the approval and before the server reads it for the first time.
    const document = (await (await web.fetch(quill)).json()) as { redirect_uris: string[] };
    await sandbox.control.publish({
      url: quill,
      body: { ...document, redirect_uris: [...document.redirect_uris, "https://quillagent.dev/elsewhere"] },
    });
    const callback = await startCallback();
    const client = createMcpClient({
      serverUrl: mcp.url,
      clientId: quill,
      redirectUri: callback.redirectUri,
    });
    await visitor.goto((await client.signIn()).href);
    await visitor.getByRole("button").first().click();
    await client.finish(await callback.arrived);
    expect(await client.call("whoami")).toMatchObject({ client_id: quill, scopes: ["tickets.read"] });
    expect(await client.call("tickets.list")).toHaveLength(1);
    await callback.stop();
  });

  test("a redirect that is in the document but not approved is refused, and so is a scope beyond the grant", async () => {
    await visitor.goto(
      authorizeUrl({ redirect_uri: "https://quillagent.dev/elsewhere", scope: "tickets.read" }).href,
    );
    await expect(visitor.locator("body")).toContainText("invalid_client");
    expect(server.refusals).toContain("The redirect URI https://quillagent.dev/elsewhere is not approved.");
    await visitor
      .goto(
        authorizeUrl({
          redirect_uri: "https://quillagent.dev/oauth/callback",
          scope: "tickets.read tickets.write",
        }).href,
      )
      .catch(() => undefined);
    expect(server.refusals.join("\n")).toMatch(/scope/i);
  });

  test("after Suspend in the browser, refresh, userinfo and authorize are refused within seconds", async () => {
    const { body } = await signInForUserinfo();
    const userinfo = () =>
      fetch(new URL("/me", server.issuer), { headers: { authorization: `Bearer ${body.access_token}` } });
    expect((await userinfo()).status).toBe(200);

    await reviewer.goto(`${rollcall.baseUrl}/clients`);
    await reviewer
      .getByRole("link", { name: /Quill Agent/ })
      .first()
      .click();
    await reviewer.getByRole("button", { name: /^Suspend/ }).click();
    await reviewer.getByRole("dialog").getByLabel("Why?").fill("A host of theirs stands open.");
    const clicked = performance.now();
    await reviewer
      .getByRole("dialog")
      .getByRole("button", { name: /^Suspend/ })
      .click();
    await expect
      .poll(async () => (await userinfo()).status, { intervals: [20], timeout: 15_000 })
      .toBeGreaterThanOrEqual(400);
    const seconds = (performance.now() - clicked) / 1_000;

    const refreshed = await post("/token", {
      grant_type: "refresh_token",
      client_id: quill,
      refresh_token: body.refresh_token ?? "",
    });
    expect(refreshed).toMatchObject({ status: 400, body: { error: "invalid_client" } });
    await visitor.goto(
      authorizeUrl({ redirect_uri: "https://quillagent.dev/oauth/callback", scope: "tickets.read" }).href,
    );
    await expect(visitor.locator("body")).toContainText("invalid_client");
    const figures = { seconds_to_refusal: Number(seconds.toFixed(2)) };
    console.log(`on ${database}: ${JSON.stringify(figures)}`);
    const file = process.env["E2E_FIGURES_FILE"];
    if (file) appendFileSync(file, `${JSON.stringify(figures)}\n`);
    expect(seconds).toBeLessThanOrEqual(5);
  });

  test("the console shows that the server runs the release, and the journal holds", async () => {
    await admin.goto(`${rollcall.baseUrl}/servers/lab`);
    await expect(admin.getByText(/current/i).first()).toBeVisible();
    await admin.goto(`${rollcall.baseUrl}/journal`);
    await admin
      .getByRole("button", { name: /Verify/ })
      .first()
      .click();
    await expect(
      admin.getByText(/chain (is )?(whole|holds|verified|unbroken)|every line/i).first(),
    ).toBeVisible();
  });

  async function createAccount(page: Page, name: string, email: string): Promise<void> {
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: /Create|Join|account/i }).click();
    await page.waitForURL((url) => url.pathname === "/");
  }

  let verifier = "";

  function authorizeUrl(params: Record<string, string>): URL {
    verifier = randomBytes(32).toString("base64url");
    const url = new URL("/auth", server.issuer);
    url.search = new URLSearchParams({
      client_id: quill,
      response_type: "code",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      resource: mcp.url,
      ...params,
    }).toString();
    return url;
  }

  async function post(path: string, form: Record<string, string>) {
    const response = await fetch(new URL(path, server.issuer), {
      method: "POST",
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  /** A sign-in with `openid` and no resource: its access token is good for userinfo. */
  async function signInForUserinfo() {
    const redirectUri = "http://127.0.0.1:51234/callback";
    const url = authorizeUrl({ redirect_uri: redirectUri, scope: "openid" });
    url.searchParams.delete("resource");
    const code = (await browse(url, redirectUri)).callback?.searchParams.get("code") ?? "";
    return post("/token", {
      grant_type: "authorization_code",
      client_id: quill,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
  }
}
