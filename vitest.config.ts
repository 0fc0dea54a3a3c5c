import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,components,lib,scripts,tools,e2e,examples}/**/*.test.{ts,tsx,mjs}"],
    exclude: ["**/node_modules/**", "e2e/journeys/**"],
    globalSetup: ["./tools/postgresForTests.mjs"],
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
