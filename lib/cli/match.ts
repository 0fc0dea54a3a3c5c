import type { Command } from "commander";
import { redirectMatches } from "#lib/core/redirect/redirectMatches.ts";
import { printJson } from "./output.ts";

/** Adds `rollcall match`. Exit codes: 0 match, 1 no match, 2 usage. */
export function registerMatch(program: Command): void {
  program
    .command("match")
    .description("say whether a requested redirect URI is the registered one")
    .argument("<registered>", "as the document lists it")
    .argument("<requested>", "as the authorization request names it")
    .action(async (registered: string, requested: string) => {
      const { match, reason } = redirectMatches(registered, requested);
      await printJson({ match, reason });
      process.exitCode = match ? 0 : 1;
    });
}
