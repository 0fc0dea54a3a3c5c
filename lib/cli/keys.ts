import type { Command } from "commander";
import type { SystemActor } from "#lib/core/Actor.ts";
import { print, printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Whoever has a shell on the machine and its key-encryption key. */
const operator: SystemActor = { kind: "system", name: "rollcall command" };

/** Adds `rollcall keys list` and `keys rotate`. */
export function registerKeys(program: Command): void {
  const keys = program.command("keys").description("the keys that sign the allowlists");
  keys
    .command("list")
    .description("list them, newest first")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: true }) => {
      const { tokensAndKeys } = await import("#lib/views/tokensAndKeys.ts");
      const found = (await withContext((ctx) => tokensAndKeys(ctx.db, ctx.clock()))).keys.map((key) => ({
        kid: key.kid,
        alg: key.alg,
        state: key.state,
        published_at: moment(key.publishedAt),
        activated_at: moment(key.activatedAt),
        retired_at: moment(key.retiredAt),
      }));
      if (json) return printJson(found);
      if (found.length === 0)
        process.stderr.write("No signing key was made yet: the worker makes the first.\n");
      for (const key of found)
        await print(`${key.state.padEnd(8)} ${key.kid} published ${key.published_at}\n`);
    });
  keys
    .command("rotate")
    .description("publish a next key; called again a day later, let it sign")
    .option("--force", "let the next key sign after 20 minutes already")
    .action(async ({ force }: { force?: true }) => {
      const { rotateSigningKey } = await import("#lib/flows/turnSigningKeys.ts");
      const turned = await withContext((ctx) => rotateSigningKey(ctx, operator, { force }), {
        withKeys: true,
      });
      await printJson(turned);
    });
}

function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
