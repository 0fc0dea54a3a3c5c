import { readFileSync } from "node:fs";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import type { Role } from "#lib/core/role.ts";
import { createSandboxControl, type SandboxControl } from "../../sandbox/SandboxControl.ts";

export { expect };

const titles: Record<Role, string> = {
  member: "Member",
  reviewer: "Reviewer",
  admin: "Administrator",
  auditor: "Auditor",
};

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;
const sessions = new Map<Role, Session>();

interface Fixtures {
  /** A browser of its own, signed in as the demo's person of a role. Sessions are kept between tests. */
  as: (role: Role) => Promise<Page>;
  /** A browser of its own, signed in as nobody. */
  stranger: Page;
}

export const test = base.extend<Fixtures, { sandbox: SandboxControl }>({
  as: async ({ browser }, give) => {
    const contexts: BrowserContext[] = [];
    await give(async (role) => {
      const context = await browser.newContext({ storageState: sessions.get(role) });
      contexts.push(context);
      const page = await context.newPage();
      if (!sessions.has(role)) {
        await signInAs(page, role);
        sessions.set(role, await context.storageState());
      }
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  stranger: async ({ browser }, give) => {
    const context = await browser.newContext();
    await give(await context.newPage());
    await context.close();
  },
  sandbox: [
    async ({ playwright: _ }, give) =>
      give(createSandboxControl(readFileSync(process.env["E2E_SANDBOX_FILE"] ?? "", "utf8"))),
    { scope: "worker" },
  ],
});

/** The demo's one-click sign-in, from wherever it stands. */
export async function signInAs(page: Page, role: Role, next = "/"): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByRole("button", { name: new RegExp(`^${titles[role]}`) }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeAttached();
}
