import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Generates migrations in a copy of the schema and of drizzle/; a new file there means one was forgotten here. */
async function forgottenMigrations(): Promise<string[]> {
  const copy = mkdtempSync(join(tmpdir(), "rollcall-migrations-"));
  try {
    for (const it of ["lib", "tools", "drizzle", "package.json", "tsconfig.json"]) {
      cpSync(it, join(copy, it), { recursive: true, filter: (path) => !path.includes("node_modules") });
    }
    symlinkSync(join(process.cwd(), "node_modules"), join(copy, "node_modules"));
    const found = await Promise.all(
      ["sqlite", "postgres"].map(async (dialect) => {
        const args = [
          "node_modules/drizzle-kit/bin.cjs",
          "generate",
          `--config=tools/drizzle.${dialect}.config.ts`,
        ];
        const { stdout } = await run(process.execPath, args, { cwd: copy });
        const list = (root: string) =>
          readdirSync(join(root, "drizzle", dialect)).filter((it) => it.endsWith(".sql"));
        const known = new Set(list("."));
        const forgotten = list(copy).filter((file) => !known.has(file));
        const behind = `drizzle/${dialect} is behind lib/db/schema.${dialect}.ts`;
        // Without a terminal drizzle-kit ends without a word where it would ask whether something was renamed.
        if (forgotten.length === 0 && !stdout.includes("No schema changes"))
          return [`${behind} (something looks renamed)`];
        return forgotten.map((file) => `${behind} (would write ${file})`);
      }),
    );
    return found.flat();
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

if (!existsSync("lib/db/schema.sqlite.ts") || !existsSync("drizzle/sqlite")) {
  console.log("skipped: lib/db has no schema yet");
} else {
  const forgotten = await forgottenMigrations();
  if (forgotten.length > 0) {
    console.log([...forgotten, "Run `npm run migrations` and commit what it writes."].join("\n"));
    process.exitCode = 1;
  }
}
