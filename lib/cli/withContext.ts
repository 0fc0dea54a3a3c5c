import { readFileSync } from "node:fs";
import { ConfigError, readConfig, type Config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { NoAnswer } from "./NoAnswer.ts";

/** The configuration of this environment; faults are an answer for the person, not a stack. */
export function configuration(): Config {
  try {
    return readConfig(process.env, (path) => readFileSync(path, "utf8"));
  } catch (error) {
    throw error instanceof ConfigError ? new NoAnswer(error.message) : error;
  }
}

/** Opens the installation this environment names, and closes it afterwards whatever happens. */
export async function withContext<T>(
  work: (ctx: Context) => Promise<T>,
  options: { withKeys?: boolean } = {},
): Promise<T> {
  const config = configuration();
  const { openContext } = await import("#lib/context.ts");
  const ctx = await openContext(config, { ...options, process: "cli" }).catch((error: unknown) => {
    throw new NoAnswer(openingFault(config, error));
  });
  try {
    return await work(ctx);
  } finally {
    await ctx.close();
  }
}

/** The driver's own error: the query builder wraps it. */
function rootOf(error: unknown): Error & { code?: string } {
  const { cause } = error as Error;
  return cause instanceof Error ? rootOf(cause) : (error as Error);
}

/** What is wrong with an installation that cannot be opened, and what to do, without secrets. */
export function openingFault(config: Config, error: unknown): string {
  const { message, code = "" } = rootOf(error);
  const place = config.databaseUrl.replace(/\/\/[^@/]*@/, "//…@");
  if (/^(EACCES|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|25006)/.test(code))
    return `The database ${place} cannot be written: it, or its folder, is read-only for this user (${code}). Nothing was changed.`;
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|57P|28|3D)/.test(code))
    return `The database ${place} does not answer: ${message}. Check ROLLCALL_DATABASE_URL.`;
  return message;
}
