import { randomBytes } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { origin } from "./support/api.ts";
import { askFor } from "./support/clients.ts";
import { expect, signInAs, test } from "./support/journey.ts";

const password = "four words make it";

interface Newcomer {
  readonly page: Page;
  readonly name: string;
  readonly email: string;
  readonly link: string;
}

/** An administrator makes a link, somebody new uses it. */
async function invite(admin: Page, browser: Browser, role: "Reviewer" | "Member"): Promise<Newcomer> {
  const mark = randomBytes(3).toString("hex");
  const [name, email] = [`Newcomer ${mark}`, `newcomer-${mark}@ferncastle.example`];
  await admin.goto("/people");
  const form = admin.getByRole("form", { name: "Invite link" });
  await form.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  await form.getByLabel("E-mail address").fill(email);
  await form.getByRole("button", { name: "Make an invite link" }).click();
  const link = (
    await form
      .getByText(/\/invite\/[\w-]{20,}/)
      .first()
      .innerText()
  ).trim();
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Your name").fill(name);
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("navigation").getByText(name)).toBeAttached();
  return { page, name, email, link };
}

test("an invite link works once, and its person signs in with the password afterwards", async ({
  as,
  browser,
  stranger,
}) => {
  const { page, email, name, link } = await invite(await as("admin"), browser, "Reviewer");
  await stranger.goto(new URL(link).pathname);
  await expect(stranger.getByRole("heading", { name: "This invite does not work any more" })).toBeVisible();
  await expect(stranger.getByText("Ask whoever sent it for a new one")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/sign-in?next=/journal");
  await page.getByLabel("E-mail address").fill(email.toUpperCase());
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/journal$/);
  await expect(page.getByRole("navigation").getByText(name)).toBeVisible();
  await page.context().close();
});

test("an address that belongs to somebody else is refused and the name is kept", async ({ as, stranger }) => {
  const admin = await as("admin");
  await admin.goto("/people");
  await admin.getByRole("button", { name: "Make an invite link" }).click();
  const link = (
    await admin
      .getByText(/\/invite\/[\w-]{20,}/)
      .first()
      .innerText()
  ).trim();
  await stranger.goto(new URL(link).pathname);
  await stranger.getByLabel("Your name").fill("Somebody");
  await stranger.getByLabel("E-mail address").fill("ada@ferncastle.example");
  await stranger.getByLabel("Password").fill(password);
  await stranger.getByRole("button", { name: "Join" }).click();
  await expect(stranger.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await expect(stranger.getByLabel("Your name")).toHaveValue("Somebody");
});

test("a changed role acts at the next press; whoever may not sign in any more is out at once", async ({
  as,
  browser,
  sandbox,
}) => {
  const admin = await as("admin");
  const { requestNumber } = await askFor(await as("member"), sandbox, "yarrow");
  const { page, name } = await invite(admin, browser, "Reviewer");
  const reviewer = await as("reviewer");
  await reviewer.goto("/people");
  const line = reviewer.getByRole("row").filter({ hasText: name });
  await expect(line).toContainText("not confirmed");
  await line.getByRole("button", { name: "Confirm" }).click();
  await reviewer
    .getByRole("dialog", { name: `Confirm ${name} as reviewer` })
    .getByRole("button", { name: "Confirm" })
    .click();
  await expect(line).not.toContainText("not confirmed");
  await page.goto(`/requests/${requestNumber}`);
  const form = page.getByRole("form", { name: "Decide" });
  await form.getByLabel("Why?").fill("Known vendor.");

  const change = admin.getByRole("form", { name: `Change ${name}` });
  await admin.reload();
  await admin.getByRole("button", { name: `Change ${name}` }).click();
  await change.getByRole("radio", { name: /^Member/ }).check();
  await change.getByRole("button", { name: "Save" }).click();
  await expect(change).toHaveCount(0);
  await form.getByRole("button", { name: /^Approve/ }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "Only reviewers and administrators vote." }),
  ).toBeVisible();
  await expect(form.getByLabel("Why?")).toHaveValue("Known vendor.");

  await admin.getByRole("button", { name: `Change ${name}` }).click();
  await change.getByRole("checkbox", { name: /May sign in/ }).uncheck();
  await change.getByRole("button", { name: "Save" }).click();
  await expect(change).toHaveCount(0);
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Finbox$/);
  await page.context().close();
});

test("administration is for administrators: others see why not", async ({ as }) => {
  for (const role of ["member", "reviewer", "auditor"] as const) {
    const page = await as(role);
    await page.goto("/people");
    await expect(page.getByText("Administrators invite people and change roles.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Make an invite link|^Change / })).toHaveCount(0);
  }
});

test("signing out ends the session itself, not only the cookie", async ({ stranger }) => {
  await signInAs(stranger, "auditor");
  const kept = await stranger.context().cookies();
  const session = kept.find((each) => each.name === "rollcall_session");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await stranger.getByRole("button", { name: "Sign out" }).click();
  await expect(stranger).toHaveURL(/\/sign-in/);
  await stranger.context().addCookies(kept);
  await stranger.goto("/inbox");
  await expect(stranger).toHaveURL(/\/sign-in\?next=%2Finbox$/);
  expect((await stranger.request.get("/api/v1/clients")).status()).toBe(401);
});

test("after signing in one is where one wanted to go, and never on another site", async ({
  as,
  stranger,
}) => {
  await signInAs(stranger, "auditor", "//evil.example/inbox");
  await expect(stranger).toHaveURL(new URL("/", origin()).href);
  // Signed in already: the sign-in page itself leads on, by the same rule.
  const page = await as("auditor");
  for (const [next, path] of [
    ["/clients?q=risk:high", "/clients?q=risk:high"],
    ["//evil.example/inbox", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["/\t/evil.example", "/"],
  ] as const) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(new URL(path, origin()).href);
  }
});

test("a page that needs somebody asks who, and comes back to it", async ({ stranger }) => {
  await stranger.goto("/clients?q=sync:held");
  await expect(stranger).toHaveURL(/\/sign-in\?next=/);
  await stranger.getByRole("button", { name: /^Auditor/ }).click();
  await expect(stranger).toHaveURL(/\/clients\?q=sync:held$/);
});

test("an unknown address is a 404 that leads on, signed in or not", async ({ as, stranger }) => {
  for (const page of [stranger, await as("reviewer")]) {
    const answer = await page.goto("/no/such/page");
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("There is nothing at this address")).toBeVisible();
    await page.getByRole("link", { name: "Go to the overview" }).click();
    await expect(page).not.toHaveURL(/no\/such/);
  }
  const page = await as("reviewer");
  expect((await page.goto("/clients/0000"))?.status()).toBe(404);
  await expect(page.getByText("There is nothing at this address")).toBeVisible();
});

test("the API refuses what another site sends with the cookie", async ({ as }) => {
  const page = await as("reviewer");
  const post = (headers: Record<string, string>) =>
    page.request.post("/api/v1/preview", {
      data: { client_id: "https://quillagent.dev/oauth/client.json" },
      headers,
    });
  expect((await post({ origin: origin() })).status()).toBe(200);
  const foreign: readonly Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: origin(), "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    const refused = await post(headers);
    expect(refused.status(), JSON.stringify(headers)).toBe(403);
    expect(await refused.text()).toContain("from another site");
  }
});

test("a page of another site cannot post with the cookie, nor put ours in a frame", async ({ as }) => {
  const page = await as("reviewer");
  const { host } = new URL(origin());
  // 127.0.0.1 and localhost are different sites; the cookie belongs to the one of the installation.
  const elsewhere = host.startsWith("localhost")
    ? host.replace("localhost", "127.0.0.1")
    : host.replace(/^[^:]+/, "localhost");
  await page.goto(`http://${elsewhere}/sign-in`);
  const answer = await page.evaluate(
    (target) =>
      fetch(`${target}/api/v1/preview`, {
        method: "POST",
        credentials: "include",
        mode: "no-cors",
        headers: { "content-type": "text/plain" },
        body: "{}",
      }).then(
        (response) => response.type,
        () => "refused",
      ),
    origin(),
  );
  expect(["opaque", "refused"]).toContain(answer);
  const framed = await page.request.get("/inbox");
  expect(framed.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
});

// The last one: failures are counted per address too, and all of us come from the same.
test("a wrong password is counted, and the wait is said in seconds", async ({ stranger }) => {
  await stranger.goto("/sign-in");
  const email = `nobody-${randomBytes(3).toString("hex")}@ferncastle.example`;
  await stranger.getByLabel("E-mail address").fill(email);
  await stranger.getByLabel("Password").fill("not the password");
  const press = () => stranger.getByRole("button", { name: "Sign in", exact: true }).click();
  await press();
  await expect(
    stranger.getByRole("alert").filter({ hasText: "The e-mail address or the password is wrong." }),
  ).toBeVisible();
  await expect(stranger.getByLabel("E-mail address")).toHaveValue(email);
  await expect(async () => {
    await press();
    await expect(
      stranger.getByRole("alert").filter({ hasText: /Too many failed sign-ins\. Try again in \d+ seconds/ }),
    ).toBeVisible({ timeout: 300 });
  }).toPass({ intervals: [0] });
});
