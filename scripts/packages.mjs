import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { environment } from "./localNode.mjs";
import { npm } from "./npm.mjs";
import { step } from "./step.mjs";

const stamp = "node_modules/.rollcall-lock";

/** `npm ci` when node_modules is not what the lock file says, or was installed for another kind of machine. */
export async function ensurePackages() {
  const wanted = createHash("sha256")
    .update(readFileSync("package-lock.json"))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await step("Installing packages (npm ci)", npm("ci"), { env: environment() });
  writeFileSync(stamp, wanted);
}
