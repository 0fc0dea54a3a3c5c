import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

const port = process.env["E2E_PORT"] ?? "3199";
const baseURL = `http://localhost:${port}`;

// Where the demonstration says how to change its small internet; the journeys' processes inherit it.
process.env["E2E_SANDBOX_FILE"] ??= join(tmpdir(), `rollcall-sandbox-${port}`);

// `npm test` runs two halves side by side, each with a demonstration of its own: what one writes the other never sees.
const readability = "accessibility.spec.ts";
const part = {
  readability: { testMatch: readability },
  journeys: { testIgnore: readability },
}[process.env["E2E_PART"] ?? ""];

/** Journeys run against the demonstration: the real processes, a throw-away data folder and a small internet on loopback. */
export default defineConfig({
  testDir: "e2e/journeys",
  ...part,
  // The loop is walked on both databases.
  globalSetup: "./tools/postgresForTests.mjs",
  outputDir: part ? `test-results/${process.env["E2E_PART"]}` : "test-results",
  // One installation serves all journeys, and what one person decides another one sees.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
  },
  // The loop makes an installation of its own.
  webServer: process.env["E2E_WITHOUT_DEMO"]
    ? undefined
    : {
        command: `node scripts/launch.mjs start --demo --port ${port}`,
        env: { ROLLCALL_LOG_LEVEL: "warn" },
        url: baseURL,
        timeout: 120_000,
        reuseExistingServer: false,
        stdout: "ignore",
        stderr: "pipe",
        gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
      },
});
