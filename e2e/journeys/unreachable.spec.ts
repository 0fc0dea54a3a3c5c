import type { Page } from "@playwright/test";
import { approved, refresh } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

const row = (page: Page, name: string) =>
  page
    .getByRole("table", { name: "Clients whose document cannot be read" })
    .getByRole("row")
    .filter({ hasText: name });
/** Toasts are dialogs too, for whoever hears the page. */
const dialog = (page: Page) =>
  page.getByRole("dialog").filter({ has: page.getByRole("button", { name: "Cancel" }) });

test("a host wants a browser: the owner uploads a copy, a second person attests it, everybody sees that", async ({
  as,
  sandbox,
}) => {
  const [member, reviewer, admin] = [await as("member"), await as("reviewer"), await as("admin")];
  const client = await approved({ member, voters: [reviewer, admin] }, sandbox, "samphire");
  await sandbox.break(client.clientId, { kind: "challenge" });
  await refresh(member, client.id);

  await member.goto(`/unreachable?q=${encodeURIComponent(client.name)}`);
  await expect(row(member, client.name)).toContainText("last good copy");
  await row(member, client.name)
    .getByRole("button", { name: /^Upload a copy/ })
    .click();
  const copy = { ...client.document, client_id: "https://samphire.dev/another.json" };
  await dialog(member).getByLabel("The document as a file").setInputFiles(fileOf(copy));
  await dialog(member).getByLabel("Where does it come from?").fill("Saved from my browser.");
  await dialog(member).getByRole("button", { name: "Upload a copy" }).click();
  await expect(dialog(member)).toContainText("not of this client");
  await dialog(member).getByLabel("The document as a file").setInputFiles(fileOf(client.document));
  await dialog(member).getByRole("button", { name: "Upload a copy" }).click();
  await expect(row(member, client.name)).toContainText("copy waits");
  await row(member, client.name).getByRole("link", { name: "Compare" }).click();
  await expect(member.getByText("Someone else must compare it.")).toBeVisible();
  await expect(member.getByRole("button", { name: /^Decide/ })).toHaveCount(0);

  await reviewer.goto("/unreachable?show=waiting");
  await row(reviewer, client.name).getByRole("link", { name: "Compare" }).click();
  await expect(reviewer.getByText("A copy waits for a second person").first()).toBeVisible();
  await reviewer.getByRole("button", { name: /^Decide/ }).click();
  await dialog(reviewer).getByLabel("It is the same.").check();
  await dialog(reviewer).getByLabel("How did you compare?").fill("The same in my browser, at home.");
  await dialog(reviewer).getByRole("button", { name: "Decide" }).click();
  await expect(dialog(reviewer)).toHaveCount(0);
  await reviewer.goto(`/unreachable?q=${encodeURIComponent(client.name)}`);
  await expect(row(reviewer, client.name)).toContainText("attested copy");
  await expect(row(reviewer, client.name)).toContainText("compare again by");
});

function fileOf(document: unknown) {
  const buffer = Buffer.from(JSON.stringify(document, null, 2));
  return { name: "client.json", mimeType: "application/json", buffer };
}
