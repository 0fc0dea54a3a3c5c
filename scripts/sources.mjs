import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Hash of the names and contents of all files below `paths`, tests left out: they are in no build. */
export function hashSources(paths) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const path of paths) if (existsSync(path)) add(hash, path);
  return hash.digest("hex");
}

function add(hash, path) {
  if (!statSync(path).isDirectory()) {
    hash.update(path).update("\0").update(readFileSync(path)).update("\0");
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "node_modules" || entry.name === "testing" || /\.test\.tsx?$/.test(entry.name))
      continue;
    add(hash, join(path, entry.name));
  }
}

/** Runs `make` unless `stamp` says that it was made from these very sources. */
export async function whenStale(stamp, paths, make) {
  const wanted = hashSources(paths);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
  rmSync(stamp, { force: true });
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}
