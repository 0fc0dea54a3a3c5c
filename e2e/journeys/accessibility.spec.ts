import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Role } from "#lib/core/role.ts";
import { read } from "./support/api.ts";
import { clientIdOf, publishClient, requestOf } from "./support/clients.ts";
import { expect, test } from "./support/journey.ts";

type Screen = readonly [path: string, role?: Role];

const tabs = [
  "",
  "/document",
  "/redirects",
  "/keys",
  "/access",
  "/findings",
  "/checks",
  "/enforcement",
  "/fetches",
  "/history",
];

const screens: readonly Screen[] = [
  ["/sign-in"],
  ["/setup?token=nobody-made-this-one"],
  ["/invite/nobody-made-this-one"],
  ["/nothing/here"],
  ["/", "reviewer"],
  ["/inbox", "reviewer"],
  ["/inbox", "auditor"],
  ["/clients", "reviewer"],
  ["/clients?q=nobody+odd:word", "reviewer"],
  ["/clients/new", "member"],
  ["/clients/new", "auditor"],
  ...tabs.map((tab): Screen => [`/clients/{tidewater.dev}${tab}`, "reviewer"]),
  ["/clients/{pinegrove.systems}", "reviewer"],
  ["/clients/{bramblebot.dev}/checks", "reviewer"],
  ["/clients/{lindenhall.dev}/keys", "member"],
  ["/clients/{tidewater.dev}/document?from=1&to=2", "reviewer"],
  ["/clients/{kittiwake.app}/document", "reviewer"],
  ["/findings", "reviewer"],
  ["/findings?view=board", "reviewer"],
  ["/findings?q=nobody+odd:word", "member"],
  ["/findings/{tidewater.dev}", "reviewer"],
  ["/findings/{apps.almanacpress.io}", "member"],
  ["/findings/{ferrystack.dev}", "auditor"],
  ["/keys", "reviewer"],
  ["/namespaces/2", "reviewer"],
  ["/namespaces/new", "member"],
  ["/unreachable", "reviewer"],
  ["/unknown", "reviewer"],
  ["/requests/{tidewater.dev}", "reviewer"],
  ["/requests/{tidewater.dev}?raw", "reviewer"],
  ["/requests/{northquay.dev}", "reviewer"],
  ["/requests/{northquay.dev}", "member"],
  ["/requests/{pinegrove.systems}", "auditor"],
  ["/releases", "reviewer"],
  ["/releases/prod", "reviewer"],
  ["/servers", "reviewer"],
  ["/servers/prod", "admin"],
  ["/servers/new", "admin"],
  ["/journal", "reviewer"],
  ["/people", "admin"],
  ["/settings", "admin"],
  ["/settings/signing-keys", "admin"],
  ["/settings/notifications", "admin"],
  ["/settings/notifications", "member"],
  ["/settings/notifications/new", "admin"],
  ["/settings/notifications/new?kind=webhook", "admin"],
  ["/rules", "reviewer"],
  ["/rules/client-id.scheme", "reviewer"],
  ["/requests/999999", "reviewer"],
];

for (const [path, role] of screens)
  test(`${path} as ${role ?? "nobody"}: readable for all, in both themes, on a phone`, async ({
    as,
    stranger,
  }) => {
    const page = role ? await as(role) : stranger;
    await page.goto(await addressOf(page, path));
    await expectReadable(page);
  });

test("the preview of a client and a refused form are readable for all", async ({ as, sandbox }) => {
  const page = await as("member");
  const { clientId, name } = await publishClient(sandbox, "readable", {
    redirect_uris: ["http://elsewhere.dev/callback", "http://localhost:8080/callback"],
  });
  await page.goto("/clients/new");
  await page.getByLabel("client_id").fill(clientId);
  await expect(page.getByText(name).first()).toBeVisible();
  await expectReadable(page);
  for (const label of ["Sponsor", "Purpose", "Why?"]) await page.getByLabel(label).fill("Ines Whitfield");
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing you typed is lost" })).toBeVisible();
  await expectReadable(page);
});

test("what a finding, a review and a channel ask is readable for all", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(await addressOf(page, "/findings/{tidewater.dev}"));
  for (const letter of ["s", "w"]) {
    await page.keyboard.press(letter);
    await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeVisible();
    await expectReadable(page);
    await page.keyboard.press("Escape");
  }
  await page.goto(await addressOf(page, "/requests/{tidewater.dev}"));
  await page.getByRole("checkbox", { name: /quartzrelay/ }).check();
  await expect(page).toHaveURL(/leave=/);
  await expectReadable(page);
  const member = await as("member");
  await member.goto(await addressOf(member, "/clients/{lindenhall.dev}/keys"));
  await member.getByRole("button", { name: /^Announce a key/ }).click();
  await expectReadable(member);
  const admin = await as("admin");
  await admin.goto("/settings/notifications");
  await admin.getByRole("link", { name: "Security's queue" }).first().click();
  await expect(admin.getByRole("button", { name: /^Send a test/ })).toBeVisible();
  await expectReadable(admin);
});

test("questions, the list of keys and the finder are readable for all", async ({ as }) => {
  const page = await as("reviewer");
  await page.goto(await addressOf(page, "/clients/{tidewater.dev}"));
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog", { name: /Suspend/ })).toBeVisible();
  await expectReadable(page);
  await page.keyboard.press("Escape");
  // A question that is still on its way out keeps the keys to itself.
  await expect(page.getByRole("dialog", { name: /Suspend/ })).toHaveCount(0);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expectReadable(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keys" })).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quill");
  await expect(page.getByText("https://quillagent.dev").first()).toBeVisible();
  await expectReadable(page);
});

/** `{host}` stands for the id of a client, after /requests/ for the number of its open request, after /findings/ for a finding. */
async function addressOf(page: Page, path: string): Promise<string> {
  const part = /\{(.+)\}/.exec(path)?.[1];
  if (!part) return path;
  const value = path.startsWith("/requests")
    ? await requestOf(page, part)
    : path.startsWith("/findings")
      ? await findingAt(page, part)
      : await clientIdOf(page, part);
  return path.replace(/\{.+\}/, String(value));
}

async function findingAt(page: Page, host: string): Promise<number> {
  const path = `/findings?state=open,acknowledged,snoozed,dismissed,waived&host=${host}`;
  const [finding] = (await read<{ findings: { number: number }[] }>(page, path)).findings;
  if (!finding) throw new Error(`No finding is about ${host}.`);
  return finding.number;
}

/** WCAG 2.2 AA by axe in light, contrast again in dark, then nothing sticks out at the width of a phone. */
async function expectReadable(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expect(page.getByRole("heading").first()).toBeVisible();
  // Between two addresses of the same screen the title is on its way for a moment.
  await expect(page).toHaveTitle(/\S/);
  const light = await axe(page).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect.soft(inWords(light.violations), "light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await axe(page).withRules(["color-contrast"]).analyze();
  expect.soft(inWords(dark.violations), "dark").toEqual([]);
  const desktop = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect.soft(await tooWide(page), "sticks out at 390 px").toEqual([]);
  if (desktop) await page.setViewportSize(desktop);
}

/** Legacy mode only means that frames are not looked into: no screen has one. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ["violations"], preload: false }).setLegacyMode();
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

function inWords(violations: Violations): string[] {
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}

function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((each) => each.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((each) => `${each.tagName} ${each.className} ${each.textContent?.slice(0, 60) ?? ""}`);
  });
}
