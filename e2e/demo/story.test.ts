import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";
import { day, minute } from "#lib/core/Instant.ts";
import { findAll } from "#lib/db/rows.ts";
import { createSandboxControl } from "../sandbox/SandboxControl.ts";
import { startSandbox, type Sandbox } from "../sandbox/startSandbox.ts";
import { foundCompany } from "./foundCompany.ts";
import { liveThroughAutumn } from "./liveThroughAutumn.ts";
import { Storyteller } from "./Storyteller.ts";

let sandbox: Sandbox;
let folder: string;
let ctx: Context;
beforeEach(async () => {
  sandbox = await startSandbox();
  folder = mkdtempSync(join(tmpdir(), "rollcall-story-"));
  const env = { ...sandbox.env, ROLLCALL_DATA_DIR: folder, ROLLCALL_DEMO: "true" };
  const config = readConfig(env, (path) => readFileSync(path, "utf8"));
  ctx = await openContext({ ...config, logLevel: "error" }, { process: "cli", withKeys: true });
});
afterEach(async () => {
  await ctx.close();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

const midnight = Math.floor(Date.now() / day) * day;

// Announced keys are due on a date: whoever starts the demonstration at night sees the same two months as at noon.
test.each([
  ["a minute before midnight", midnight - minute],
  ["a minute after it", midnight + minute],
])("the story can be told until %s", { timeout: 120_000 }, async (_, end) => {
  const story = new Storyteller(ctx, createSandboxControl(sandbox.env.ROLLCALL_SANDBOX_CONTROL), {
    start: end - 200 * day,
    end,
  });
  await foundCompany(story);
  await liveThroughAutumn(story, () => undefined);
  const rules = new Set((await findAll(ctx.db, "finding")).map(({ rule }) => rule));
  expect([...rules]).toEqual(expect.arrayContaining(["time.rotation-missed", "reach.challenged"]));
});
