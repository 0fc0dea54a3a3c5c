import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

const port = process.env["E2E_PORT"] ?? "3199";
const baseURL = `http://localhost:${port}`;

// Where the demonstration says how to change its small internet; the journeys' processes inherit it.
process.env["E2E_SANDBOX_FILE"] ??= join(tmpdir(), `rollcall-sandbox-${port}`);

/** Journeys run against the demonstration: the real processes, a throw-away data folder and a small internet on loopback. */
export default defineConfig({
  testDir: "e2e/journeys",
  // The loop is walked on both databases.
  globalSetup: "./tools/postgresForTests.mjs",
  outputDir: "test-results",
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
    // Recording every step takes a third of the time: E2E_TRACE=1 asks for it.
    trace: process.env["E2E_TRACE"] ? "retain-on-failure" : "off",
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
        // Longer than the launcher gives everyone it started: killed before that it would leave them, and our pipes, behind.
        gracefulShutdown: { signal: "SIGTERM", timeout: 40_000 },
      },
});
