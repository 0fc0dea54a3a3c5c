import type { Page } from "@playwright/test";
import { read } from "./support/api.ts";
import { approve, askFor, change, publishClient, requestOf, type AskedClient } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

/** One client's life: every step needs the one before. */
test.describe.configure({ mode: "serial" });

let client: AskedClient;
/** Toasts are dialogs too, for whoever hears the page. */
const dialog = (page: Page) => page.getByRole("dialog").filter({ has: page.getByRole("textbox") });
const contents = (page: Page) => page.getByRole("table", { name: /^Clients in release/ });

async function take(page: Page, verb: "Suspend" | "Block", reason: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${verb}`) }).click();
  await dialog(page).getByLabel("Why?").fill(reason);
  await dialog(page).getByRole("button", { name: verb }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** What the newest release of the public list says about the client, once it says this. */
async function expectListed(page: Page, words: RegExp | "nothing"): Promise<void> {
  await expect(async () => {
    await page.goto("/releases/prod");
    const row = contents(page).getByRole("row").filter({ hasText: client.clientId });
    if (words === "nothing") await expect(row).toHaveCount(0, { timeout: 100 });
    else await expect(row).toContainText(words, { timeout: 100 });
  }).toPass({ timeout: 15_000, intervals: [250] });
}

test("approved, it stands in the next release with its scopes", async ({ as, sandbox }) => {
  const member = await as("member");
  client = await askFor(member, sandbox, "juniper");
  await expectListed(member, "nothing");
  const reviewer = await as("reviewer");
  await approve([reviewer, await as("admin")], client.requestNumber);
  await expectListed(reviewer, /allow/);
  await expect(contents(reviewer).getByRole("row").filter({ hasText: client.clientId })).toContainText(
    "docs.search",
  );
  await expect(reviewer.getByText(/What release \d+ changed/)).toBeVisible();
});

test("one person suspends it with a reason; every screen and the next release say so", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(`/clients/${client.id}`);
  await page.keyboard.press("s");
  await dialog(page).getByRole("button", { name: "Suspend" }).click();
  await expect(dialog(page).getByLabel("Why?")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await take(page, "Suspend", "Their callback host stands open.");
  await expect(page.getByText("Suspended: the next release refuses it")).toBeVisible();
  await expect(page.getByText("Their callback host stands open.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Suspend/ })).toHaveCount(0);
  await page.goto("/clients?q=lifecycle:suspended");
  await expect(page.getByRole("row").filter({ hasText: client.name })).toContainText("Suspended");
  await expectListed(page, /deny/);
  await page.goto(`/clients/${client.id}/enforcement`);
  await expect(page.getByText(/deny/i).first()).toBeVisible();
});

test("lifting the suspension takes people who did not ask", async ({ as }) => {
  const asker = await as("reviewer");
  await asker.goto(`/clients/${client.id}`);
  await asker.getByRole("button", { name: /^Request unsuspend/ }).click();
  await dialog(asker).getByLabel("Why?").fill("They closed the host and sent a report.");
  await dialog(asker).getByRole("button", { name: "Request unsuspend" }).click();
  await expect(asker).toHaveURL(/\/requests\/\d+$/);
  await expect(asker.getByText(`Lift the suspension of ${client.name}?`).first()).toBeVisible();
  await expect(asker.getByRole("complementary", { name: "Decision" })).toContainText(
    "You asked for this, so someone else must decide.",
  );
  await expect(asker.getByRole("button", { name: /^Approve/ })).toHaveCount(0);

  // An administrator may vote, but never alone.
  const admin = await as("admin");
  await admin.goto(asker.url());
  await admin.getByRole("form", { name: "Decide" }).getByLabel("Why?").fill("The report reads well.");
  await admin.getByRole("button", { name: /^Approve/ }).click();
  await expect(admin.getByRole("list", { name: "Votes" })).toContainText("The report reads well.");
  await expect(admin.getByRole("list", { name: "Votes" })).toContainText(/reviewer|needed/);
  const { lifecycle } = await read<{ lifecycle: string }>(admin, `/clients/${client.id}`);
  expect(lifecycle).toBe("suspended");
  await expectListed(admin, /deny/);

  await asker.reload();
  await asker.getByRole("button", { name: /^Withdraw/ }).click();
  await dialog(asker).getByLabel("Why?").fill("The owner asks instead.");
  await dialog(asker).getByRole("button", { name: "Withdraw" }).click();
  await expect(asker.getByText(/^Withdrawn/).first()).toBeVisible();
  const owner = await as("member");
  await owner.goto(`/clients/${client.id}`);
  await owner.getByRole("button", { name: /^Request unsuspend/ }).click();
  await dialog(owner).getByLabel("Why?").fill("They closed the host; the report is with the contract.");
  await dialog(owner).getByRole("button", { name: "Request unsuspend" }).click();
  await expect(owner).toHaveURL(/\/requests\/\d+$/);
  const number = Number(owner.url().split("/").at(-1));
  await approve([await as("admin"), asker], number);
  await expectListed(asker, /allow/);
});

test("blocked, it stays in the release as an explicit deny", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(`/clients/${client.id}`);
  await take(page, "Block", "The report was made up.");
  await expect(page.getByText("The report was made up.").first()).toBeVisible();
  await expect(page.getByText(/^Blocked/).first()).toBeVisible();
  await expectListed(page, /deny.*blocked/);
  await page.goto("/inbox");
  await expect(page.getByText(`${client.name}: lift the suspension?`)).toHaveCount(0);
});

test("denied, it is on no list and may be asked for again only later", async ({ as, sandbox }) => {
  const member = await as("member");
  const denied = await askFor(member, sandbox, "nettle");
  const page = await as("reviewer");
  await page.goto(`/requests/${denied.requestNumber}`);
  await page.getByRole("form", { name: "Decide" }).getByLabel("Why?").fill("Nobody knows this vendor.");
  await page.getByRole("button", { name: /^Deny/ }).click();
  await expect(page.getByRole("heading", { name: "Decided" })).toBeVisible();
  await expect(page.getByText(/^Denied/).first()).toBeVisible();
  await member.goto(`/clients/${denied.id}`);
  await expect(member.getByText("Nobody knows this vendor.").first()).toBeVisible();
  await expect(member.getByRole("button", { name: /^Request approval/ })).toHaveCount(0);
  await member.goto("/releases/prod");
  await expect(member.getByText(denied.clientId)).toHaveCount(0);
});

test("a change that only loses something leaves the release at once; one that grows waits", async ({
  as,
  sandbox,
}) => {
  const member = await as("member");
  const reviewer = await as("reviewer");
  const callbacks = (host: string) => [`https://${host}/callback`, `https://${host}/second`];
  const base = await publishClient(sandbox, "spare");
  const host = new URL(base.clientId).hostname;
  const asked = await askFor(member, sandbox, "bindweed", { redirect_uris: callbacks(host) });
  await approve([reviewer, await as("admin")], asked.requestNumber);
  await change(reviewer, sandbox, asked, { redirect_uris: [callbacks(host)[0], `https://${host}/grown`] });
  await reviewer.goto(`/clients/${asked.id}`);
  await expect(reviewer.getByText("The live document has more than was approved.")).toBeVisible();
  const number = await requestOf(reviewer, new URL(asked.clientId).hostname);
  await reviewer.goto(`/requests/${number}`);
  await expect(reviewer.getByLabel("Lines of redirect_uris")).toContainText(`https://${host}/grown`);
  await expect(reviewer.getByLabel("Lines of redirect_uris")).toContainText(`https://${host}/second`);
  client = asked;
  await expect(async () => {
    await reviewer.goto("/releases/prod");
    await expect(
      contents(reviewer).getByRole("row").filter({ hasText: asked.clientId }).getByRole("cell").nth(3),
    ).toHaveText(/1$/, { timeout: 100 });
  }).toPass({ timeout: 15_000, intervals: [250] });
});

test("the journal has every step with who and why, and its chain holds", async ({ as }) => {
  const page = await as("auditor");
  await page.goto("/journal?q=juniper");
  const lines = page.getByRole("listitem");
  for (const step of [
    /Ines Whitfield registered.*juniper/,
    /Mara Acosta voted to approve.*juniper/,
    /approved.*juniper/,
    /Mara Acosta suspended.*juniper.*Their callback host stands open\./,
    /Mara Acosta opened a request for.*juniper/,
    /Ada Brandt voted to approve.*juniper/,
    /Mara Acosta blocked.*juniper.*The report was made up\./,
  ])
    await expect(lines.filter({ hasText: step }).first()).toBeVisible();
  await page.getByRole("button", { name: /^Verify the chain/ }).click();
  await expect(page.getByText("The chain holds.")).toBeVisible();
  const exported = await page.request.get("/journal/export");
  const seqs = (await exported.text())
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { seq: number }).seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});
