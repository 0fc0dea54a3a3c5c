import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { publishClient } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

const names = (page: Page) => page.getByRole("table", { name: "Clients" }).locator("[data-open]");

test.describe("the list", () => {
  test("a typed filter narrows it, stands in the address, and an unknown word is explained", async ({
    as,
  }) => {
    const page = await as("reviewer");
    await page.goto("/clients");
    await page.keyboard.press("/");
    const filter = page.getByRole("textbox", { name: "Filter clients" });
    await expect(filter).toBeFocused();
    await filter.fill("lifecycle:blocked,denied");
    await filter.press("Enter");
    await expect(page).toHaveURL(/\?q=lifecycle%3Ablocked%2Cdenied$/);
    await expect(page.getByText("Bramblebot").or(page.getByText("bramblebot.dev")).first()).toBeVisible();
    await expect(page.getByText("scratchpad-agent.github.io")).toBeVisible();
    await expect(page.getByText("tidewater.dev")).toHaveCount(0);

    await page.goto("/clients?q=colour:red+tidewater");
    await expect(page.getByText("Part of the filter was left out.")).toBeVisible();
    await expect(page.getByText("“colour:” is not a filter. There are: lifecycle,")).toBeVisible();
    await expect(names(page)).toHaveText(["Tidewater Deploy"]);
    await expect(filter).toHaveValue("colour:red tidewater");

    await page.goto("/clients?q=nobody-is-called-this");
    await expect(page.getByText("No client matches this filter")).toBeVisible();
    await page.getByRole("link", { name: "Show all clients" }).click();
    await expect(names(page).nth(20)).toBeVisible();
  });

  test("ready-made filters and the headers that sort are addresses", async ({ as }) => {
    const page = await as("auditor");
    await page.goto("/clients");
    await page
      .getByRole("navigation", { name: "Ready-made filters" })
      .getByRole("link", { name: /^Held/ })
      .click();
    await expect(page).toHaveURL(/q=sync%3Aheld/);
    await expect(names(page).getByText("Tidewater Deploy")).toBeVisible();
    await page.goto("/clients");
    await expect(page.getByRole("columnheader", { name: /^Client ?, sorted/ })).toHaveAttribute(
      "aria-sort",
      "ascending",
    );
    const ascending = await names(page).allInnerTexts();
    await page.getByRole("link", { name: /^Client ?, sorted/ }).click();
    await expect(page).toHaveURL(/sort=-name/);
    await expect(page.getByRole("columnheader", { name: /^Client ?, sorted/ })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
    expect(await names(page).allInnerTexts()).not.toEqual(ascending);
    await page.getByRole("link", { name: /^Risk/ }).click();
    await expect(page).toHaveURL(/sort=risk/);
    await page.goBack();
    await expect(page).toHaveURL(/sort=-name/);
  });

  test("j, k and o walk it; escape leaves the field", async ({ as }) => {
    const page = await as("reviewer");
    await page.goto("/clients");
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await expect(names(page).nth(0)).toBeFocused();
    await page.keyboard.press("j");
    await expect(names(page).nth(1)).toBeFocused();
    await page.keyboard.press("k");
    await expect(names(page).nth(0)).toBeFocused();
    const first = await names(page).nth(0).innerText();
    await page.keyboard.press("o");
    await expect(page).toHaveURL(/\/clients\/\w{10,}/);
    await expect(page.getByRole("heading", { level: 1, name: first })).toBeVisible();
  });

  test("CSV and JSON hold what the filter says", async ({ as }) => {
    const page = await as("auditor");
    await page.goto("/clients?q=domain:tidewater.dev");
    const csv = await download(page, "CSV");
    expect(csv.name).toMatch(/^clients-\d{4}-\d\d-\d\d\.csv$/);
    const [header, line, ...rest] = csv.text.trim().split(/\r?\n/);
    expect(header).toMatch(/^(\uFEFF)?"?client_id"?,"?client_name"?,"?trust"?/);
    expect(line).toContain("https://tidewater.dev/oauth/client.json");
    expect(rest).toEqual([]);
    const json = await download(page, "JSON");
    expect(JSON.parse(json.text)).toMatchObject({
      clients: [
        {
          client_id: "https://tidewater.dev/oauth/client.json",
          trust: "approved",
          document: "held",
          owner_team: "Developer Platform",
        },
      ],
    });
    const refused = await page.request.get("/clients/export?format=csv&q=colour:red");
    expect(refused.status()).toBe(400);
    expect(await refused.text()).toContain("is not a filter");
  });
});

test.describe("adding a client", () => {
  test("URLs that cannot be a client_id are explained without being fetched, and stay as typed", async ({
    as,
    sandbox,
  }) => {
    const page = await as("member");
    await page.goto("/clients/new");
    const field = page.getByLabel("client_id");
    await expect(field).toBeFocused();
    for (const [typed, sentence] of [
      ["https://never-fetched.dev/my client.json", /space/],
      ["http://never-fetched.dev/client.json", /https/],
      ["https://192.0.2.7/client.json", /address/],
      ["never-fetched", /not an absolute URL/],
      ["https://never-fetched.dev", /has no path/],
    ] as const) {
      await field.fill(typed);
      await expect(page.getByText("This URL cannot be a client_id, so it was not fetched.")).toBeVisible();
      await expect(page.getByText(sentence).first()).toBeVisible();
      await expect(field).toHaveValue(typed);
      await expect(page.getByRole("button", { name: "Ask for approval" })).toHaveCount(0);
    }
    expect(await sandbox.queries("never-fetched.dev")).toEqual([]);
  });

  test("documents that cannot be read or used are explained, each in its own words", async ({
    as,
    sandbox,
  }) => {
    const page = await as("member");
    await page.goto("/clients/new");
    const field = page.getByLabel("client_id");
    const list = await publishClient(sandbox, "listful");
    await sandbox.publish({ url: list.clientId, body: [list.document] });
    const huge = await publishClient(sandbox, "hugeful");
    await sandbox.break(huge.clientId, { kind: "oversized", bytes: 10_000_000 });
    const masked = await publishClient(sandbox, "masked");
    await sandbox.breakCertificate(new URL(masked.clientId).hostname, "wrong_name");
    const away = await publishClient(sandbox, "faraway");
    await sandbox.name(new URL(away.clientId).hostname, [{ kind: "addresses", addresses: ["127.0.0.99"] }]);
    const guarded = await publishClient(sandbox, "inside");
    await sandbox.name(new URL(guarded.clientId).hostname, [{ kind: "addresses", addresses: ["10.0.0.8"] }]);

    for (const [client, sentence] of [
      [list, /an array/],
      [huge, /too large|larger|bytes/],
      [masked, /The certificate is for another name/],
      [away, /No connection to 127\.0\.0\.99/],
      [guarded, /10\.0\.0\.8/],
    ] as const) {
      await field.fill(client.clientId);
      await expect(
        page.getByText(/The document could not be read\.|It answers, but not with a client document\./),
      ).toBeVisible();
      await expect(page.getByText(sentence).first()).toBeVisible();
      await expect(field).toHaveValue(client.clientId);
      await expect(page.getByRole("button", { name: "Ask for approval" })).toHaveCount(0);
    }
  });

  test("one that is in the inventory already is opened instead", async ({ as }) => {
    const page = await as("member");
    await page.goto("/clients/new?client_id=https://tidewater.dev/oauth/client.json");
    await expect(page.getByText("This client is already in the inventory (approved).")).toBeVisible();
    await expect(page.getByRole("button", { name: "Ask for approval" })).toHaveCount(0);
    await page.getByRole("link", { name: "Open it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Tidewater Deploy" })).toBeVisible();
  });

  test("a good one: read, filled in with a mistake that costs nothing, asked for, open in review", async ({
    as,
    sandbox,
  }) => {
    const page = await as("member");
    const { clientId, name } = await publishClient(sandbox, "clover");
    await page.goto("/clients/new");
    await page.getByLabel("client_id").fill(clientId);
    await expect(page.getByText(name).first()).toBeVisible();
    await page.getByLabel("Owner team").selectOption({ label: "AI Platform" });
    await page.getByLabel("Sponsor").fill("Ines Whitfield");
    await page.getByLabel("Purpose").fill("Drafts of answers");
    await page.getByLabel("Why?").fill("Five people try it for a month.");
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await expect(
      page.getByText("Name at least one resource and its scopes: what may this client reach?"),
    ).toBeVisible();
    await expect(page.getByLabel("Purpose")).toHaveValue("Drafts of answers");
    await expect(page.getByLabel("Owner team").locator("option:checked")).toHaveText("AI Platform");
    await page.getByLabel("docs.search", { exact: true }).check();
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await expect(page).toHaveURL(/\/requests\/\d+$/);
    await expect(page.getByText(`${name} asks to be trusted for the first time`).first()).toBeVisible();
    await expect(page.getByText("Five people try it for a month.")).toBeVisible();
    await page.goto(`/clients?q=${encodeURIComponent(clientId)}`);
    await expect(names(page)).toHaveText([name]);
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Pending");
  });

  test("a document that broke between reading and asking: said, and everything typed is kept", async ({
    as,
    sandbox,
  }) => {
    const page = await as("member");
    const { clientId, name } = await publishClient(sandbox, "fickle");
    await page.goto("/clients/new");
    await page.getByLabel("client_id").fill(clientId);
    await expect(page.getByText(name).first()).toBeVisible();
    await page.getByLabel("Sponsor").fill("Ines Whitfield");
    await page.getByLabel("Purpose").fill("Drafts of answers");
    await page.getByLabel("docs.search", { exact: true }).check();
    await page.getByLabel("Why?").fill("Five people try it for a month.");
    await sandbox.break(clientId, { kind: "status", status: 503 });
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await expect(page.getByText("The URL answered 503.").first()).toBeVisible();
    await expect(page.getByLabel("Why?")).toHaveValue("Five people try it for a month.");
    await expect(page.getByLabel("docs.search", { exact: true })).toBeChecked();
  });
});

async function download(page: Page, label: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: label, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}
