import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { ensureChromium } from "./chromium.mjs";
import { RegistryUnreachable, ensureExample, ownPackages } from "./examples.mjs";
import { environment } from "./localNode.mjs";
import { passThrough } from "./run.mjs";
import { elapsed } from "./step.mjs";

/**
 * Everything there is to test, or with `--unit` the half that needs no browser. Other arguments go to vitest.
 * Whatever happens, the last line is `N passed, N failed`; a stage that breaks counts as one failure.
 */
export async function test(args) {
  const since = Date.now();
  const results = mkdtempSync(join(tmpdir(), "rollcall-test-"));
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const stage = async (name, work) => {
    console.error(`\n── ${name}`);
    try {
      return await work();
    } catch (error) {
      console.error(error.message);
      tally.failed += 1;
      return undefined;
    }
  };
  let interrupted = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => (interrupted = true));

  await stage("check", async () => {
    if ((await check()) !== 0) throw new Error("The checks failed; the tests run all the same.");
  });
  if (!interrupted) await stage("packages of the examples", packagesOfExamples);
  if (!interrupted)
    await stage("unit tests", () =>
      unitTests(
        args.filter((it) => it !== "--unit"),
        results,
        tally,
      ),
    );
  if (!interrupted && !args.includes("--unit")) {
    const built = await stage("build", build);
    if (built === 0 && !interrupted) await stage("browser tests", () => browserTests(results, tally));
    else console.error("Without a build there are no browser tests.");
  }
  rmSync(results, { recursive: true, force: true });
  if (interrupted) tally.failed += 1;

  console.error(`\n${interrupted ? "Interrupted" : "Tested"} after ${elapsed(since)}`);
  console.log(
    `${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ""}`,
  );
  return tally.failed === 0 ? 0 : 1;
}

/** Before the tests, so that no test's time goes to npm. Without a registry the tests say what they skip. */
async function packagesOfExamples() {
  for (const name of ownPackages) {
    try {
      await ensureExample(name);
    } catch (error) {
      if (!(error instanceof RegistryUnreachable)) throw error;
      console.error(`  no package registry can be reached: the tests of examples/${name} are skipped`);
    }
  }
}

async function unitTests(args, results, tally) {
  const report = join(results, "unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await passThrough(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args],
    {
      env: environment(),
    },
  );
  const counts = read(report, "vitest");
  add(tally, code, {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests + counts.numTodoTests,
  });
}

async function browserTests(results, tally) {
  if (
    !existsSync("e2e/journeys") ||
    !readdirSync("e2e/journeys").some((it) => /\.(spec|test)\.ts$/.test(it))
  ) {
    throw new Error("There are no journeys in e2e/journeys.");
  }
  const report = join(results, "browser.json");
  const env = environment({
    CHROMIUM_PATH: await ensureChromium(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    E2E_PORT: String(await freePort()),
  });
  const code = await passThrough(
    process.execPath,
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    { env },
  );
  const { stats } = read(report, "playwright");
  // A journey that passed at the second try is a journey that failed.
  add(tally, code, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  });
}

/** Adds a runner's numbers; one that failed without a failed test (a file that does not load) counts as one failure. */
function add(tally, code, { passed, failed, skipped }) {
  tally.passed += passed;
  tally.failed += failed === 0 && code !== 0 ? 1 : failed;
  tally.skipped += skipped;
}

function read(report, runner) {
  if (!existsSync(report)) throw new Error(`${runner} ended without a report.`);
  return JSON.parse(readFileSync(report, "utf8"));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
