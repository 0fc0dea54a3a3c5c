import type { Page } from "@playwright/test";
import { approved } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

const contents = (page: Page) => page.getByRole("table", { name: /^Clients in release/ });

/** Loads the newest release until it says this. */
async function expectNewest(page: Page, check: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto("/releases/prod");
    await check();
  }).toPass({ timeout: 15_000, intervals: [250] });
}

test("one person rolls a list back, two let go of it", async ({ as, sandbox }) => {
  const reviewer = await as("reviewer");
  const admin = await as("admin");
  await reviewer.goto("/releases/prod");
  const newest = reviewer.getByRole("heading", { name: /^Release \d+$/ });
  const before = Number((await newest.innerText()).replace("Release ", ""));
  const client = await approved(
    { member: await as("member"), voters: [reviewer, admin] },
    sandbox,
    "larkspur",
  );
  const row = contents(reviewer).getByRole("row").filter({ hasText: client.clientId });
  await expectNewest(reviewer, () => expect(row).toContainText("allow", { timeout: 100 }));
  await expect(reviewer.getByText("is allowed now").first()).toBeVisible();

  await reviewer.goto(`/releases/prod?rev=${before}`);
  await reviewer.getByRole("button", { name: new RegExp(`^Roll back to ${before}\\b`) }).click();
  const dialog = reviewer.getByRole("dialog", { name: `Roll back to release ${before}?` });
  await expect(dialog).toContainText(/client(s)? would lose access/);
  await dialog.getByLabel("Why?").fill("The portal of the docs team broke.");
  await dialog.getByRole("button", { name: `Roll back to ${before}` }).click();
  await expect(dialog).toHaveCount(0);
  await expectNewest(reviewer, () => expect(row).toContainText("rolled back", { timeout: 100 }));
  await expect(reviewer.getByText(`Rolled back to release ${before}.`, { exact: true })).toBeVisible();

  await reviewer.getByRole("button", { name: "Ask to end the rollback" }).click();
  await expect(reviewer.getByText("another person must confirm").first()).toBeVisible();
  await admin.goto("/releases/prod");
  await admin.getByRole("button", { name: "Confirm: follow the inventory again" }).click();
  await expectNewest(reviewer, () => expect(row).toContainText("allow", { timeout: 100 }));
  await expect(reviewer.getByText(/^Rolled back to release/)).toHaveCount(0);
});
