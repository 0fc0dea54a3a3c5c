import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { readConfig } from "#lib/config.ts";
import { openContext } from "#lib/context.ts";
import { systemActor } from "#lib/core/Actor.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { createTeam } from "#lib/flows/people/createTeam.ts";
import { chromiumFlags, findChromium } from "../../scripts/chromium.mjs";
import { startSandbox } from "../sandbox/startSandbox.ts";
import { startInstallation } from "../startInstallation.ts";
import { documentBody, manyDocuments, seedClients } from "./seedClients.ts";

/*
 * Ten thousand clients on a thousand hosts, the built processes and a real browser: all of them are due at once, one
 * document has changed. How long until its finding is on screen, and what the worker needs for it.
 */
const clients = Number(process.argv[2] ?? 10_000);
const resource = "https://mcp.example.com/tickets";
const documents = manyDocuments(clients);
const sandbox = await startSandbox({ documents });
const rollcall = await startInstallation({ ...sandbox.env });
const env = { ...sandbox.env, ROLLCALL_DATA_DIR: rollcall.dataDir, ROLLCALL_LOG_LEVEL: "silent" };
const ctx = await openContext(
  readConfig(env, (path) => readFileSync(path, "utf8")),
  { process: "cli" },
);
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
try {
  const page = await browser.newPage();
  await page.goto(rollcall.setupLink);
  await page.getByLabel("Your name").fill("Ada Brandt");
  await page.getByLabel("E-mail address").fill("ada@ferncastle.example");
  await page.getByLabel("Password").fill("four words make it");
  await page.getByRole("button", { name: /Create|account/i }).click();
  await page.waitForURL((url) => url.pathname === "/");

  const { id: ownerTeamId } = await createTeam(ctx, systemActor, { name: "Fleet" });
  await createAudience(ctx, systemActor, {
    slug: "fleet",
    name: "Fleet",
    issuer: "https://id.example.com",
    isPrivate: false,
    resources: [{ uri: resource, name: "Tickets", scopes: ["tickets.read"], sensitiveScopes: [] }],
  });
  await seedClients(ctx, documents, { ownerTeamId, resource });
  print(`${clients} approved clients`);
  await wave("first look at all of them");
  const idle = memory();

  const index = Math.floor(clients / 2);
  const url = documents[index]?.url ?? "";
  const body = documentBody(url, index, ["https://quartzrelay.com/exchange"]);
  await sandbox.control.publish({ url, body });
  const changedAt = Date.now();
  const all = wave("all of them again, one changed");
  const finding = await onScreen(`/clients/${index}.json`);
  await all;
  print(
    `on screen ${((finding - changedAt) / 1_000).toFixed(1)} s after it changed, the second look included`,
  );
  const row = await find(ctx.db, "finding", {});
  if (row?.clientRowId)
    print(`recorded ${((row.firstSeenAt - changedAt) / 1_000).toFixed(1)} s after it changed: ${row.rule}`);
  const findings = await findAll(ctx.db, "finding");
  print(
    `figures: ${JSON.stringify({
      clients,
      seconds_to_screen: seconds(finding - changedAt),
      findings: findings.length,
      worker_mb_idle: idle.now,
      worker_mb_peak: memory().peak,
    })}`,
  );

  async function wave(name: string): Promise<void> {
    const since = Date.now();
    await ctx.db.transaction((tx) => update(tx, "client", { lifecycle: "approved" }, { nextFetchAt: since }));
    while ((await findAll(ctx.db, "client")).some((client) => (client.lastFetchedAt ?? 0) < since))
      await sleep(500);
    const took = Date.now() - since;
    print(
      `${name}: ${seconds(took)} s, ${Math.round(clients / (took / 1_000))} a second; worker ${memory().now} MB`,
    );
  }

  async function onScreen(text: string): Promise<number> {
    for (;;) {
      await page.goto(`${rollcall.baseUrl}/findings`);
      if (await page.getByText(text).first().isVisible()) return Date.now();
      await sleep(500);
    }
  }
} finally {
  await browser.close();
  await ctx.close();
  await rollcall.stop();
  await sandbox.stop();
}

function memory(): { now: number; peak: number } {
  const status = readFileSync(`/proc/${rollcall.workerPid}/status`, "utf8");
  const megabytes = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}

function print(line: string): void {
  console.log(line);
}
