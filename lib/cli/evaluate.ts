import type { Command } from "commander";
import { NoAnswer } from "./NoAnswer.ts";
import { printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

interface EvaluateOptions {
  readonly audience: string;
  readonly client: string;
  readonly redirect?: string;
  readonly resource?: string;
  readonly scope?: string;
}

/** Adds `rollcall evaluate`. Exit codes: 0 allow, 1 deny, 2 usage or no list. */
export function registerEvaluate(program: Command): void {
  program
    .command("evaluate")
    .description("decide by the newest release, as an authorization server would; prints JSON")
    .requiredOption("--audience <slug>", "short name of the authorization server")
    .requiredOption("--client <client_id>", "compared as a string")
    .option("--redirect <redirect_uri>", "check this redirect URI")
    .option("--resource <resource>", "check this resource")
    .option("--scope <scope>", "check these scopes, separated by spaces")
    .option("--json", "print JSON (it always does)")
    .action(async ({ audience, client, redirect, resource, scope }: EvaluateOptions) => {
      const { evaluateClient } = await import("#lib/views/clients/evaluateClient.ts");
      const question = { audience, clientId: client, redirectUri: redirect, resource, scope };
      const { decision, reasons, sentence, seq, namespace } = await withContext((ctx) =>
        evaluateClient(ctx.db, ctx.clock(), question),
      );
      if (seq === null) throw new NoAnswer(`Nothing was published for ${audience} yet: there is no list.`);
      await printJson({ decision, reasons, sentence, seq, namespace });
      process.exitCode = decision === "allow" ? 0 : 1;
    });
}
