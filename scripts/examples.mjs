import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment } from "./localNode.mjs";
import { npm } from "./npm.mjs";
import { root } from "./root.mjs";
import { StepFailed, step } from "./step.mjs";

/** Examples with packages of their own: what they need does not go together with what Rollcall needs, or is too large. */
export const ownPackages = ["better-auth", "cloudflare-workers"];

/**
 * `npm ci` in one such example when its node_modules are not what its lock file says. Throws RegistryUnreachable when
 * nothing could be fetched at all, StepFailed when npm failed in any other way.
 */
export async function ensureExample(name) {
  const folder = join(root, "examples", name);
  const stamp = join(folder, "node_modules", ".rollcall-lock");
  const wanted = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  // The .npmrc of the repository is not read for another prefix.
  const command = npm("ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund");
  try {
    await step(`Installing packages of examples/${name} (npm ci)`, command, { env: environment() });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    throw unreachable.test(error.message) ? new RegistryUnreachable(error.message) : error;
  }
  writeFileSync(stamp, wanted);
}

/** What npm says when there is no registry to talk to. */
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/;

/** There is no package registry to install from: not the example's fault. */
export class RegistryUnreachable extends Error {}
