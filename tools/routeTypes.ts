import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Next writes types for routes and for *.css; a fresh checkout lacks them, and a new page makes them old. */
const stamp = ".next/types/rollcall.stamp";
const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((path) => /(^|[\\/])(page|layout|route|default)\.tsx?$/.test(path))
  .sort()
  .join("\n");

if (!existsSync("next-env.d.ts") || !existsSync(stamp) || readFileSync(stamp, "utf8") !== routes) {
  execFileSync(process.execPath, ["node_modules/next/dist/bin/next", "typegen"], { stdio: "inherit" });
  writeFileSync(stamp, routes);
}
