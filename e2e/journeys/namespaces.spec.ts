import { expect, test } from "./support/journey.ts";

test("two people approve a namespace; then a client nobody saw before is admitted", async ({ as }) => {
  const member = await as("member");
  const child = "https://connect.gullwing.app/oauth/9d27c1/client.json";
  await member.goto("/namespaces/new");
  await member.getByRole("textbox", { name: "Pattern" }).fill("https://*.gullwing.app/oauth/*/client.json");
  await expect(member.getByText(/The host is literal/)).toBeVisible();
  await member
    .getByRole("textbox", { name: "Pattern" })
    .fill("https://connect.gullwing.app/oauth/*/client.json");
  await expect(member.getByText(/written exactly like this/)).toBeVisible();
  await member.getByLabel("Redirects may lead to").fill("connect.gullwing.app");
  await member.getByRole("checkbox", { name: "docs.search" }).check();
  await member.getByLabel("Publisher").fill("Gullwing");
  await member.getByLabel("Sponsor").fill("Ines Whitfield");
  await member.getByLabel("Purpose").fill("Searches our documents from its chat.");
  await member.getByLabel("Why?").fill("Each of its connectors is a client of its own.");
  await member.getByRole("button", { name: "Propose it to two reviewers" }).click();
  await expect(member.getByText("Waits for votes")).toBeVisible();
  const path = new URL(member.url()).pathname;

  const reviewer = await as("reviewer");
  await reviewer.goto("/inbox");
  await reviewer.getByRole("link", { name: /Gullwing/ }).click();
  for (const page of [reviewer, await as("admin")]) {
    await page.goto(path);
    await page.getByLabel("Why?").fill("The host is theirs and the scopes are harmless.");
    await page.getByRole("button", { name: /^Approve/ }).click();
    await expect(page.getByText(/Your vote is noted|Approved: the next release/).first()).toBeVisible();
  }

  const redirect = "https://connect.gullwing.app/cb";
  await expect(async () => {
    await member.goto(`${path}?try=${encodeURIComponent(child)}&redirect=${encodeURIComponent(redirect)}`);
    const servers = member.getByRole("list", { name: "By the newest release" });
    await expect(servers.getByText("Admitted")).toHaveCount(1, { timeout: 100 });
  }).toPass({ timeout: 15_000, intervals: [250] });
  await member.getByLabel("redirect_uri").fill("https://gullwing.app/cb");
  await member.getByRole("button", { name: "Try it" }).click();
  await expect(member.getByText(/leads where/).first()).toBeVisible();
});
