import type { Page } from "@playwright/test";
import { approved, change, requestOf, type AskedClient } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

/*
 * A document grew by two callbacks. Two people accept one of them.
 */
test.describe.configure({ mode: "serial" });

let client: AskedClient;
let number: number;
let wanted: string;
const stranger = "https://quartzrelay.com/oauth/exchange";

const decision = (page: Page) => page.getByRole("complementary", { name: "Decision" });
const reason = (page: Page) => page.getByRole("form", { name: "Decide" }).getByLabel("Why?");
const votes = (page: Page) => page.getByRole("list", { name: "Votes" });
const approveSelected = (page: Page) =>
  page.getByRole("form", { name: "Decide" }).getByRole("button", { name: /^Approve/ });
const box = (page: Page, part: string) => page.getByRole("checkbox", { name: new RegExp(part) });

test("the review says member by member what grew, and who receives codes", async ({ as, sandbox }) => {
  const [member, page, admin] = [await as("member"), await as("reviewer"), await as("admin")];
  client = await approved({ member, voters: [page, admin] }, sandbox, "bracken");
  const { hostname } = new URL(client.clientId);
  wanted = `https://${hostname}/second`;
  await change(page, sandbox, client, {
    redirect_uris: [`https://${hostname}/callback`, wanted, stranger],
  });
  number = await requestOf(page, hostname);
  await page.goto(`/requests/${number}`);
  const changes = page.getByRole("list", { name: "Changes" });
  await expect(changes).toContainText("quartzrelay.com");
  await expect(changes.getByLabel("Lines of redirect_uris")).toContainText(wanted);
  await expect(page.getByRole("img", { name: /^Who receives sign-in codes of/ })).toBeVisible();
  await page.getByText("As a table").first().click();
  await expect(page.getByRole("table", { name: "Who receives sign-in codes" })).toContainText(stranger);
});

test("a vote for everything is replaced by one that leaves a part out", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(`/requests/${number}`);
  // What is critical is left out unless somebody wants it.
  await expect(box(page, "second")).toBeChecked();
  await box(page, "quartzrelay").check();
  await expect(page).toHaveURL(/leave=$/);
  await reason(page).fill("Both are theirs, they say.");
  await approveSelected(page).click();
  await expect(votes(page)).toContainText("approved everything");
  await expect(votes(page)).toContainText("One more vote needed");

  await box(page, "quartzrelay").uncheck();
  await expect(page).toHaveURL(/leave=./);
  await expect(decision(page)).toContainText("If approved as selected");
  await reason(page).fill("Nobody knows who runs the relay.");
  await approveSelected(page).click();
  await expect(votes(page)).toContainText("replaced");
  await expect(votes(page)).toContainText("One more vote needed");
});

test("the second person takes over the same selection and approves it", async ({ as }) => {
  const page = await as("admin");
  await page.goto(`/requests/${number}`);
  await box(page, "quartzrelay").check();
  await votes(page).getByRole("link", { name: "Select the same" }).last().click();
  await expect(box(page, "quartzrelay")).not.toBeChecked();
  await expect(box(page, "second")).toBeChecked();
  await reason(page).fill("The second one only; the relay has to explain itself.");
  await approveSelected(page).click();
  await expect(decision(page).getByRole("heading", { name: "Decided" })).toBeVisible();
});

test("the list carries what was accepted and not what was left out", async ({ as }) => {
  const page = await as("auditor");
  await expect(async () => {
    await page.goto(`/clients/${client.id}/enforcement`);
    await expect(page.getByText(wanted).first()).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 15_000, intervals: [250] });
  await expect(page.getByText(stranger)).toHaveCount(0);
  await page.goto(`/clients/${client.id}/redirects`);
  await expect(page.getByText(stranger).first()).toBeVisible();
});
