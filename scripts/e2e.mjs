import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { environment } from "./localNode.mjs";
import { passThrough } from "./run.mjs";

/** Programs of their own, `e2e/<name>/main.ts`, that run the source as it is. */
const fromSource = ["adapters", "attacks", "drift", "kill", "stolen-key"];

/**
 * One journey that makes an installation of its own: a program such as `drift`, or a browser journey such as `loop`
 * (built processes, no demo). What a browser journey measured stands in the last line, the worst of all databases.
 */
export async function e2e([name, ...args]) {
  if (!name) {
    console.error("usage: npm run e2e -- loop|attacks|drift|kill|fleet|adapters|stolen-key");
    return 2;
  }
  if (!fromSource.includes(name)) await build();
  const program = `e2e/${name}/main.ts`;
  if (existsSync(program)) return passThrough(process.execPath, [program, ...args], { env: environment() });
  const folder = mkdtempSync(join(tmpdir(), "rollcall-figures-"));
  const file = join(folder, "figures");
  const env = environment({
    CHROMIUM_PATH: await ensureChromium(),
    E2E_WITHOUT_DEMO: "1",
    E2E_FIGURES_FILE: file,
  });
  const code = await passThrough(
    process.execPath,
    ["node_modules/@playwright/test/cli.js", "test", `journeys/${name}\\.`, ...args],
    { env },
  );
  const figures = {};
  for (const line of existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [])
    for (const [key, value] of Object.entries(JSON.parse(line)))
      figures[key] = Math.max(figures[key] ?? value, value);
  rmSync(folder, { recursive: true, force: true });
  console.log(`figures: ${JSON.stringify(figures)}`);
  return code;
}
