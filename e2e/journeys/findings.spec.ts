import type { Page } from "@playwright/test";
import { approved, change, type AskedClient } from "./support/clients.ts";
import { read } from "./support/api.ts";
import { expect, test } from "./support/journey.ts";

/*
 * Two findings of one client, from the moment its document changed until nobody has to look at them any more.
 */
test.describe.configure({ mode: "serial" });

let client: AskedClient;
let host: string;
const numbers = { high: 0, medium: 0 };

/** Toasts are dialogs too, for whoever hears the page. */
const dialog = (page: Page) =>
  page.getByRole("dialog").filter({ has: page.getByRole("button", { name: "Cancel" }) });
const rows = (page: Page) => page.getByRole("table", { name: "Findings" }).locator("[data-open]");
const row = (page: Page, number: number) =>
  page.getByRole("row").filter({ has: page.getByRole("checkbox", { name: `Select F-${number}` }) });

test("a change makes findings, the graver one first, and the filter stands in the address", async ({
  as,
  sandbox,
}) => {
  const [member, page, admin] = [await as("member"), await as("reviewer"), await as("admin")];
  client = await approved({ member, voters: [page, admin] }, sandbox, "gorse");
  host = new URL(client.clientId).hostname;
  await change(page, sandbox, client, {
    client_name: "Gorse Assistant",
    redirect_uris: [`https://${host}/callback`, `https://${host}/second`],
  });
  await page.goto("/");
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await expect(page).toHaveURL(/\/findings$/);
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Filter findings" }).fill(`host:${host}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`\\?q=host%3A${host}$`));
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(0)).toContainText(`People now see the name "Gorse Assistant"`);
  await expect(rows(page).nth(1)).toContainText(`https://${host}/second`);

  const { findings } = await read<{ findings: { number: number; severity: "high" | "medium" }[] }>(
    page,
    `/findings?host=${host}`,
  );
  for (const { number, severity } of findings) numbers[severity] = number;
  await page.goto(`/findings?q=host:${host}+severity:medium+colour:red`);
  await expect(page.getByText("Part of the filter was left out.")).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test("with the keyboard alone: acknowledged, taken, put to rest", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(`/findings?q=host:${host}+state:any`);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press("a");
  await expect(dialog(page)).toContainText(`Acknowledge F-${numbers.medium}`);
  await page.keyboard.type("Asked the vendor.");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toHaveCount(0);
  await expect(row(page, numbers.medium)).toContainText("Acknowledged");

  await page.keyboard.press("i");
  await expect(dialog(page).getByLabel("To")).toContainText("Mara Acosta (you)");
  await dialog(page).getByRole("button", { name: "Assign" }).press("Enter");
  await expect(row(page, numbers.medium)).toContainText("Mara Acosta");

  await page.keyboard.press("s");
  await dialog(page).getByLabel("Until it changes").check();
  await dialog(page).getByRole("button", { name: "Snooze" }).press("Enter");
  await expect(row(page, numbers.medium)).toContainText("Snoozed");
  await page.goto(`/findings?q=host:${host}`);
  await expect(rows(page)).toHaveCount(1);
});

test("to dismiss what is high is to propose it; the board shows who is waited for", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(`/findings/${numbers.high}`);
  await expect(page.getByText(`People now see the name "Gorse Assistant"`).first()).toBeVisible();
  await page.keyboard.press("d");
  await expect(dialog(page)).toContainText("It is high or critical: that takes two people.");
  await dialog(page).getByLabel("The change was meant").check();
  await dialog(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(dialog(page).getByLabel("Why?")).toBeFocused();
  await dialog(page).getByLabel("Why?").fill("They said so in their newsletter of October.");
  await dialog(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("Dismissal proposed").first()).toBeVisible();
  await expect(page.getByText("You proposed it, so someone else must confirm it.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Confirm/ })).toHaveCount(0);

  await page.goto(`/findings?q=host:${host}`);
  await page.getByRole("link", { name: "Board" }).click();
  await expect(page).toHaveURL(/view=board/);
  const column = (name: string) => page.getByRole("region", { name }).getByRole("listitem");
  await expect(column("Second person")).toContainText(["People now see the name"]);
  await expect(column("Snoozed")).toContainText([`${host}/second`]);
  await expect(column("Open")).toHaveCount(0);
});

test("the second person confirms, and it is settled with both names", async ({ as }) => {
  const page = await as("admin");
  await page.goto("/inbox");
  await page.goto(`/findings/${numbers.high}`);
  await expect(page.getByText("They said so in their newsletter of October.").first()).toBeVisible();
  await page.keyboard.press("c");
  await dialog(page).getByRole("button", { name: "Confirm" }).click();
  const side = page.getByRole("complementary", { name: "Decision" });
  await expect(side.getByRole("heading", { name: "Decided" })).toBeVisible();
  await expect(side).toContainText("Mara Acosta");
  await expect(side).toContainText("Ada Brandt");
  await page.goto(`/findings?q=host:${host}`);
  await expect(page.getByText("No finding matches this filter")).toBeVisible();
});

test("an auditor reads it and acts on nothing; the file holds what the filter says", async ({ as }) => {
  const page = await as("auditor");
  await page.goto(`/findings?q=host:${host}+state:any`);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole("group", { name: "Act on findings" })).toHaveCount(0);
  await rows(page).first().click();
  await expect(page).toHaveURL(/\/findings\/\d+/);
  await expect(page.getByRole("button", { name: /^(Acknowledge|Assign|Snooze|Dismiss|Waive)/ })).toHaveCount(
    0,
  );
  const file = await page.request.get(`/findings/export?format=csv&q=host:${host}+state:any`);
  expect((await file.text()).trim().split(/\r?\n/)).toHaveLength(3);
});
