import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tools/longestFirst.ts";

export default defineConfig({
  test: {
    include: ["{app,components,lib,scripts,tools,e2e,examples}/**/*.test.{ts,tsx,mjs}"],
    exclude: ["**/node_modules/**", "e2e/journeys/**"],
    globalSetup: ["./tools/postgresForTests.mjs"],
    pool: "forks",
    // A process runs many files one after the other: importing the product anew for each would take a third of the time.
    // A test that replaces something global puts it back.
    isolate: false,
    // Much of the time goes to waiting for a database or a small internet.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
