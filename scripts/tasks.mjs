import { environment } from "./localNode.mjs";
import { passThrough } from "./run.mjs";

const node = (args) => passThrough(process.execPath, args, { env: environment() });

/** Writes the migrations that bring drizzle/ in step with lib/db/schema.*.ts, for both databases. */
async function migrations() {
  for (const dialect of ["sqlite", "postgres"]) {
    const code = await node([
      "node_modules/drizzle-kit/bin.cjs",
      "generate",
      `--config=tools/drizzle.${dialect}.config.ts`,
    ]);
    if (code !== 0) return code;
  }
  return 0;
}

const format = () => node(["node_modules/prettier/bin/prettier.cjs", "--write", "--log-level", "warn", "."]);

export { format, migrations, node };
