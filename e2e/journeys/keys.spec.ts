import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { inventedKey } from "../sandbox/inventedKey.ts";
import { approved, clientIdOf } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Announce the next key" });

test("an owner announces the next key on the client's tab, and everybody sees it among the keys", async ({
  as,
  sandbox,
}) => {
  const [member, reviewer, admin] = [await as("member"), await as("reviewer"), await as("admin")];
  const seed = `yarrow-${randomUUID().slice(0, 8)}`;
  const { id, name } = await approved({ member, voters: [reviewer, admin] }, sandbox, "yarrow", {
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks: { keys: [inventedKey(seed).publicJwk] },
  });
  const next = inventedKey(`${seed}-next`);
  await member.goto(`/clients/${id}/keys`);
  await expect(member.getByText("No rotation was announced")).toBeVisible();
  await member.getByRole("button", { name: /^Announce a key/ }).click();
  await dialog(member).getByLabel("The next key").fill(JSON.stringify(next.privateJwk));
  await dialog(member).getByRole("button", { name: "Announce a key" }).click();
  await expect(
    dialog(member)
      .getByText(/private/i)
      .last(),
  ).toBeVisible();
  await dialog(member).getByLabel("The next key").fill(JSON.stringify(next.publicJwk));
  await dialog(member).getByLabel("Note").fill("The yearly rotation.");
  await dialog(member).getByRole("button", { name: "Announce a key" }).click();
  await expect(dialog(member)).toHaveCount(0);
  const announcements = member.getByRole("table", { name: "Announcements" });
  await expect(announcements).toContainText(next.jkt.slice(0, 12));
  await expect(announcements).toContainText("waiting");
  await expect(announcements).toContainText("Ines Whitfield");

  const auditor = await as("auditor");
  await auditor.goto(`/keys?show=announced&q=${encodeURIComponent(name)}`);
  const keys = auditor.getByRole("table", { name: "Keys" });
  await expect(keys.getByRole("row").filter({ hasText: next.jkt.slice(0, 8) })).toContainText("not yet");
  await auditor.keyboard.press("j");
  await auditor.keyboard.press("o");
  await expect(auditor).toHaveURL(new RegExp(`/clients/${id}/keys$`));
  await expect(auditor.getByRole("button", { name: /^Announce a key/ })).toHaveCount(0);
});

test("keys over time can be read without seeing them: a text beside the picture, and a table", async ({
  as,
}) => {
  const page = await as("reviewer");
  for (const [host, words] of [
    ["lindenhall.dev", /Retired well/],
    ["elmbridge.app", /Removed too early: its successor had been visible for .* instead of 7 days/],
    ["cobaltnotes.app", /did not come/],
  ] as const) {
    await page.goto(`/clients/${await clientIdOf(page, host)}/keys`);
    await expect(page.getByRole("img", { name: /^Keys over time/ })).toHaveAccessibleName(/[a-z]+-.*: /);
    await expect(page.getByRole("table").filter({ hasText: words }).first()).toBeVisible();
  }
  await page.goto("/keys?show=look");
  await expect(page.getByRole("table", { name: "Keys" })).toContainText("Ferrystack Sync");
  await expect(page.getByRole("table", { name: "Keys" })).toContainText("Sablepoint Scheduler");
});
