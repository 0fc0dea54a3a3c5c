import type { Page } from "@playwright/test";
import { origin, read } from "./support/api.ts";
import { approve, askFor, refresh, requestOf } from "./support/clients.ts";
import { expect, signInAs, test } from "./support/journey.ts";

const decision = (page: Page) => page.getByRole("complementary", { name: "Decision" });
const reason = (page: Page) => page.getByRole("form", { name: "Decide" }).getByLabel("Why?");
const votes = (page: Page) => page.getByRole("list", { name: "Votes" });
const button = (page: Page, name: string) =>
  page.getByRole("form", { name: "Decide" }).getByRole("button", { name });

test("with the keyboard alone: from the overview to a change, its difference, the field for the reason", async ({
  as,
}) => {
  const page = await as("reviewer");
  await page.goto("/");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByRole("heading", { name: "For you to decide" })).toBeVisible();
  const wanted = page.getByRole("link", { name: "Tidewater Deploy now asks for more" });
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(wanted).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/requests\/\d+$/);
  await expect(page.getByText("Tidewater Deploy changed where codes may be sent").first()).toBeVisible();
  await expect(page.getByLabel("Lines of redirect_uris")).toContainText(
    "https://quartzrelay.com/oauth/exchange/",
  );
  await expect(decision(page)).toContainText("Two people must approve");
  await expect(votes(page)).toContainText("Two more votes needed");

  await page.keyboard.press("r");
  await expect(page).toHaveURL(/\?raw$/);
  await expect(page.getByLabel("Raw difference")).toContainText("quartzrelay.com");
  await page.keyboard.press("/");
  await expect(reason(page)).toBeFocused();
  await page.keyboard.press("Escape");
  const hasNext = (await page.getByRole("link", { name: /^Next/ }).count()) > 0;
  await page.keyboard.press(hasNext ? "j" : "k");
  await expect(page).not.toHaveURL(/raw/);
});

test("a vote needs a reason, counts, and counts once", async ({ as, sandbox }) => {
  const { requestNumber } = await askTwoVotes(await as("member"), sandbox);
  const page = await as("reviewer");
  await page.goto(`/requests/${requestNumber}`);
  await button(page, "Approve").click();
  await expect(reason(page)).toBeFocused();
  expect(await reason(page).evaluate((it: HTMLTextAreaElement) => it.validity.valueMissing)).toBe(true);
  // Blanks pass the browser's own look; the answer says what is missing.
  await reason(page).fill("     ");
  await button(page, "Approve").click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing you typed is lost" })).toBeVisible();
  await expect(reason(page)).toHaveAttribute("aria-invalid", "true");
  await expect(votes(page)).toContainText("Two more votes needed");

  await reason(page).fill("The vendor told us beforehand.");
  await button(page, "Approve").click();
  await expect(votes(page)).toContainText("The vendor told us beforehand.");
  await expect(votes(page)).toContainText("One more vote needed");
  await expect(decision(page)).toContainText("Your vote counts once");
  await expect(button(page, "Approve")).toHaveCount(0);
});

test("the same person's second vote from a tab left open is refused, and its words stay", async ({
  as,
  sandbox,
}) => {
  const { requestNumber } = await askTwoVotes(await as("member"), sandbox);
  const early = await as("reviewer");
  await early.goto(`/requests/${requestNumber}`);
  await approve([await as("reviewer")], requestNumber);
  await reason(early).fill("Once more, to be sure.");
  await button(early, "Approve").click();
  await expect(early.getByRole("alert").filter({ hasText: "Your vote counts once" })).toBeVisible();
  await expect(votes(early).getByText("Mara Acosta")).toHaveCount(1);
});

test("the last vote approves, and the page says so", async ({ as, sandbox }) => {
  const { requestNumber, name } = await askTwoVotes(await as("member"), sandbox);
  await approve([await as("admin")], requestNumber);
  const page = await as("reviewer");
  await page.goto(`/requests/${requestNumber}`);
  await reason(page).fill("Two of us have read it.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await expect(decision(page).getByRole("heading", { name: "Decided" })).toBeVisible();
  await expect(page.getByText(/^Approved /)).toBeVisible();
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByText("Approved", { exact: true }).first()).toBeVisible();
});

test("who asked sees why somebody else decides; an auditor sees no decision at all", async ({
  as,
  sandbox,
}) => {
  const member = await as("member");
  const { requestNumber } = await askFor(member, sandbox, "willow");
  await member.goto(`/requests/${requestNumber}`);
  await expect(decision(member)).toContainText("Only reviewers and administrators vote.");
  await expect(member.getByRole("button", { name: /^Approve|^Deny/ })).toHaveCount(0);
  await expect(member.getByRole("button", { name: /^Withdraw/ })).toBeVisible();

  const auditor = await as("auditor");
  await auditor.goto(`/requests/${requestNumber}`);
  await expect(votes(auditor)).toBeVisible();
  await expect(auditor.getByRole("button", { name: /^(Approve|Deny|Suspend|Block|Withdraw)/ })).toHaveCount(
    0,
  );
});

test("a reviewer who asks cannot decide on it", async ({ as, sandbox }) => {
  const { requestNumber } = await askFor(await as("reviewer"), sandbox, "sorrel");
  const page = await as("reviewer");
  await page.goto(`/requests/${requestNumber}`);
  await expect(decision(page)).toContainText("You asked for this, so someone else must decide.");
  await expect(page.getByRole("button", { name: /^Approve|^Deny/ })).toHaveCount(0);
});

test("a button pressed twice counts once, and so do two posts that race", async ({ as, sandbox }) => {
  const { requestNumber } = await askTwoVotes(await as("member"), sandbox);
  const page = await as("reviewer");
  await page.goto(`/requests/${requestNumber}`);
  await reason(page).fill("Pressed in a hurry.");
  await button(page, "Approve").dblclick();
  await expect(votes(page)).toContainText("One more vote needed");
  await expect(votes(page).getByText("Pressed in a hurry.")).toHaveCount(1);
  // Next announces titles in an alert of its own.
  const alerts = page.locator("[role=alert]:not(#__next-route-announcer__)");
  await expect(alerts.filter({ hasText: /./ })).toHaveCount(0);

  const admin = await as("admin");
  const { digest } = await read<{ digest: string }>(admin, `/requests/${requestNumber}`);
  const post = () =>
    admin.request.post(`/api/v1/requests/${requestNumber}/votes`, {
      data: { verdict: "approve", reason: "Sent by an impatient script.", digest },
      headers: { origin: origin() },
    });
  const answers = await Promise.all([post(), post()]);
  expect(answers.map((answer) => answer.status()).sort((one, other) => one - other)).toEqual([200, 409]);
});

test("a session that ends in the middle keeps the words; after signing in in a second tab the button works", async ({
  as,
  sandbox,
}) => {
  const { requestNumber } = await askTwoVotes(await as("member"), sandbox);
  const page = await as("reviewer");
  await page.goto(`/requests/${requestNumber}`);
  await reason(page).fill("Read twice, compared with their changelog.");
  await page.context().clearCookies({ name: "rollcall_session" });
  await button(page, "Approve").click();
  await expect(page.getByRole("status").filter({ hasText: "Your session ended" })).toContainText(
    "then press the button again: nothing you typed is lost",
  );
  await expect(reason(page)).toHaveValue("Read twice, compared with their changelog.");
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Sign in" }).click(),
  ]);
  await signInAs(tab, "reviewer");
  await tab.close();
  await button(page, "Approve").click();
  await expect(votes(page)).toContainText("Read twice, compared with their changelog.");
});

test("a document that changes while it is read: the vote is refused with the reason kept, earlier votes are void", async ({
  as,
  sandbox,
}) => {
  const member = await as("member");
  const { requestNumber, id, clientId, document } = await askTwoVotes(member, sandbox);
  await approve([await as("admin")], requestNumber);
  const page = await as("reviewer");
  await page.goto(`/requests/${requestNumber}`);
  await expect(votes(page)).toContainText("One more vote needed");
  await reason(page).fill("Nothing odd in it.");
  await sandbox.publish({
    url: clientId,
    body: {
      ...document,
      redirect_uris: [...(document["redirect_uris"] as string[]), "https://quartzrelay.com/x"],
    },
  });
  await refresh(member, id);
  await button(page, "Approve").click();
  await expect(
    page.getByRole("alert").filter({ hasText: "The document changed while you were reading" }),
  ).toBeVisible();
  await expect(reason(page)).toHaveValue("Nothing odd in it.");
  await expect(page.getByText("https://quartzrelay.com/x").first()).toBeVisible();
  await expect(votes(page)).toContainText("on an earlier document");
  await expect(votes(page)).toContainText("Two more votes needed");
});

test("part of a change is accepted: what is critical waits for a tick, two people agree on a selection", async ({
  as,
}) => {
  const page = await as("reviewer");
  const number = await requestOf(page, "tidewater.dev");
  await page.goto(`/requests/${number}`);
  const relay = (who: Page) => who.getByRole("checkbox", { name: "accept quartzrelay.com/" });
  const held = (who: Page) => decision(who).getByText("Still held").locator("xpath=..");
  await expect(relay(page)).not.toBeChecked();
  await expect(held(page)).toContainText("quartzrelay.com");
  await relay(page).focus();
  await page.keyboard.press("Space");
  await expect(held(page)).toHaveText(/nothing$/);
  await expect(relay(page)).toBeFocused();
  await reason(page).fill("The vendor announced both callbacks.");
  await button(page, "Approve selected").click();
  await expect(votes(page)).toContainText("approved everything");

  const admin = await as("admin");
  await admin.goto(`/requests/${number}`);
  await reason(admin).fill("Nobody knows what quartzrelay.com is.");
  await button(admin, "Approve selected").click();
  await expect(votes(admin)).toContainText(
    "Mara Acosta accepted another selection, and only votes for the same one count together.",
  );
  await expect(votes(admin)).toContainText(/approved (all but|only)/);

  // A vote may be taken back for another one, until two people mean the same.
  await page.reload();
  await expect(decision(page)).toContainText("another one takes its place");
  await votes(page).getByRole("link", { name: "Select the same" }).click();
  await expect(relay(page)).not.toBeChecked();
  await expect(button(page, "Approve selected")).toBeVisible();
});

test("no request, no dead end: an old number says what to do", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto("/requests/999999");
  await expect(page.getByText("There is nothing at this address")).toBeVisible();
  await expect(page.getByRole("link", { name: "Look at the inventory" })).toBeVisible();
});

/** A sensitive redirect makes the tier high: two people decide. */
async function askTwoVotes(member: Page, sandbox: Parameters<typeof askFor>[1]) {
  return askFor(member, sandbox, "harrow", { redirect_uris: ["https://harrow-callbacks.dev/callback"] });
}
