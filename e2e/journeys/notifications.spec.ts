import { Webhook } from "standardwebhooks";
import { expect, test } from "./support/journey.ts";

test("a webhook is added, tested, told with a signature that holds, and removed", async ({ as, sandbox }) => {
  const page = await as("admin");
  const { host } = await sandbox.hooks();
  await page.goto("/settings/notifications/new");
  await page.getByRole("link", { name: "Choose Webhook" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Pager of the week");
  await page.getByLabel("Address").fill(`http://${host}/pager`);
  await page.getByRole("button", { name: "Add the channel" }).click();
  await expect(page.getByText("it is shown this once")).toBeVisible();
  const secret = /whsec_[A-Za-z0-9+/=]+/.exec(await page.getByRole("main").innerText())?.[0] ?? "";
  await page.getByRole("link", { name: "I have it, go to the channel" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole("button", { name: /^Send a test/ }).click();
  await expect(page.getByText("It got through.")).toBeVisible();
  const arrived = (await sandbox.hooks()).hooks.at(-1);
  expect(new Webhook(secret).verify(arrived?.body ?? "", { ...arrived?.headers })).toMatchObject({
    data: { title: expect.any(String), url: expect.stringContaining("/settings/notifications") },
  });

  // Where the guard does not let anything through, it says so in words.
  await page.getByLabel("Address").fill("http://127.0.0.1:9/pager");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved").first()).toBeVisible();
  await page.getByRole("button", { name: /^Send a test/ }).click();
  await expect(page.getByText("It did not get through.").first()).toBeVisible();
  await expect(page.getByText(/127\.0\.0\.1/).first()).toBeVisible();

  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove the channel" }).click();
  await expect(page).toHaveURL(/\/settings\/notifications$/);
  await expect(page.getByRole("table", { name: "Notification channels" })).not.toContainText("Pager");
});

test("what the two months told stands in the log, each with the other side's answer", async ({ as }) => {
  const page = await as("auditor");
  await page.goto("/settings/notifications");
  const channels = page.getByRole("table", { name: "Notification channels" });
  await expect(channels).toContainText("Security's queue");
  await expect(channels).toContainText("Newsroom's chat");
  await expect(page.getByText("It was taken (204).").first()).toBeVisible();
  await expect(page.getByText(/Sablepoint Scheduler/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Replay|Add)/ })).toHaveCount(0);
});
