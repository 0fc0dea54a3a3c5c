import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tools/longestFirst.ts";

export default defineConfig({
  test: {
    include: ["{app,components,lib,scripts,tools,e2e,examples}/**/*.test.{ts,tsx,mjs}"],
    exclude: ["**/node_modules/**", "e2e/journeys/**"],
    globalSetup: ["./tools/postgresForTests.mjs"],
    pool: "forks",
    // Much of the time goes to waiting for a database or a small internet.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
