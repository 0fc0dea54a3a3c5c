import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { root } from "./root.mjs";
import { step } from "./step.mjs";

/** Debian's Chromium without windows: the same engine, a quarter quicker for tests. */
const shell = "chromium-headless-shell";
const names = [
  shell,
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** A root user's Chromium has no sandbox to start in; the other flags keep it from calling home during tests. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** `$CHROMIUM_PATH`, Playwright's own, or one that the system has; undefined when there is none. */
export function findChromium() {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, playwrightsOwn(), ...onPath, ...elsewhere].find(
    (it) => it && existsSync(it),
  );
}

function playwrightsOwn() {
  try {
    return createRequire(join(root, "package.json"))("@playwright/test").chromium.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * The same, after trying to install one where there is none: Playwright's download first, then (as root on Debian) the
 * distribution's package. As root on Debian the shell is also tried where there is a whole Chromium already.
 */
export async function ensureChromium() {
  const found = findChromium();
  const debian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (found && (process.env.CHROMIUM_PATH || !debian || found.endsWith(shell))) return found;
  const install = (name) => [
    `Installing Chromium (apt-get install ${name})`,
    ["apt-get", "install", "-y", "-q", "--no-install-recommends", name],
  ];
  const download = [process.execPath, "node_modules/@playwright/test/cli.js", "install", "chromium"];
  if (found) await attempt(...install(shell));
  const attempts = [["Downloading Chromium (playwright install)", download]];
  if (debian) {
    attempts.push(["Refreshing the package list (apt-get update)", ["apt-get", "update", "-q"]]);
    attempts.push(install(shell), install("chromium"));
  }
  for (const [what, command] of attempts) {
    if (findChromium()) break;
    await attempt(what, command);
  }
  const program = findChromium();
  if (program) return program;
  throw new Error("No Chromium for the browser tests. Install one, or set CHROMIUM_PATH to the program.");
}

function attempt(what, command) {
  return step(what, command, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).catch((error) =>
    console.error(`  that did not work: ${error.message.trim().split("\n").at(-1)}`),
  );
}
