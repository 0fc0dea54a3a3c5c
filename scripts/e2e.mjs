import { build } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { environment } from "./localNode.mjs";
import { passThrough } from "./run.mjs";

/** One journey that makes an installation of its own, e.g. `loop`: built processes, real browser, no demo. */
export async function e2e([name, ...args]) {
  if (!name) {
    console.error("usage: npm run e2e -- loop");
    return 2;
  }
  await build();
  const env = environment({ CHROMIUM_PATH: await ensureChromium(), E2E_WITHOUT_DEMO: "1" });
  return passThrough(process.execPath, ["node_modules/@playwright/test/cli.js", "test", name, ...args], {
    env,
  });
}
