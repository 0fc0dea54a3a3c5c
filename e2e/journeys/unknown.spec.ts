import type { Page } from "@playwright/test";
import { expect, test } from "./support/journey.ts";

const row = (page: Page, name: string) =>
  page
    .getByRole("table", { name: "Clients that servers met and nobody asked for" })
    .getByRole("row")
    .filter({ hasText: name });
const acts = (page: Page) => page.getByRole("group", { name: "Act on an unknown client" });
/** Toasts are dialogs too, for whoever hears the page. */
const dialog = (page: Page) =>
  page.getByRole("dialog").filter({ has: page.getByRole("button", { name: "Cancel" }) });

test("strangers that servers met: one is put aside, one's host blocked and asked for again, one reviewed", async ({
  as,
}) => {
  const [reviewer, admin] = [await as("reviewer"), await as("admin")];
  await reviewer.goto("/");
  await reviewer.keyboard.press("g");
  await reviewer.keyboard.press("w");
  await expect(row(reviewer, "harborlight.io")).toContainText("looks like Harborlight");
  await expect(row(reviewer, "quillhaven.tools/oauth")).toContainText("let pass");

  await row(reviewer, "quillhaven.tools/oauth").getByRole("link").first().focus();
  await reviewer.keyboard.press("i");
  await dialog(reviewer).getByLabel("Until it was seen so often").fill("500");
  await dialog(reviewer).getByRole("button", { name: "Put aside" }).click();
  await expect(row(reviewer, "quillhaven.tools/oauth")).toHaveCount(0);

  const cluster = row(reviewer, "agents.sparrowhawk.tools").filter({ hasText: "6 clients" });
  await cluster.getByRole("radio").check();
  await acts(reviewer)
    .getByRole("button", { name: /^Block host/ })
    .click();
  await dialog(reviewer).getByLabel("Why?").fill("Nobody here uses these agents.");
  await dialog(reviewer).getByRole("button", { name: "Block host" }).click();
  await expect(cluster).toHaveCount(0);
  await reviewer.getByRole("button", { name: "Ask to lift" }).click();
  await dialog(reviewer).getByLabel("Why?").fill("It was the wrong host.");
  await dialog(reviewer).getByRole("button", { name: "Ask to lift" }).click();
  await expect(reviewer.getByText(/asked to lift it/)).toBeVisible();
  await admin.goto("/unknown");
  await admin.getByRole("button", { name: "Lift it" }).click();
  await dialog(admin).getByLabel("Why?").fill("I see the same.");
  await dialog(admin).getByRole("button", { name: "Lift it" }).click();
  await expect(row(admin, "agents.sparrowhawk.tools").filter({ hasText: "6 clients" })).toBeVisible();

  await row(reviewer, "harborlight.io").getByRole("radio").check();
  await acts(reviewer)
    .getByRole("link", { name: /^Review/ })
    .click();
  await expect(reviewer.getByLabel("client_id")).toHaveValue(
    "https://harborlight.io/.well-known/oauth-client",
  );
});
