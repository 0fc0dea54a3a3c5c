import type { Command } from "commander";
import { highestSeverity } from "#lib/core/drift/compareDocuments.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { answerLines } from "./answerLines.ts";
import { readLines } from "./check/readLines.ts";
import { diffLine } from "./diff/diffLine.ts";
import { type DiffAnswer, diffOne } from "./diff/diffOne.ts";
import { printDiff } from "./diff/printDiff.ts";
import { print } from "./output.ts";
import { isFileFault, readBody } from "./readBody.ts";

interface DiffOptions {
  readonly clientId?: string;
  readonly jwksOld?: string;
  readonly jwksNew?: string;
  readonly json?: true;
  readonly stdin?: true;
}

/**
 * Adds `rollcall diff`. Exit codes: 0 nothing above low, 1 medium or more, 2 usage; from standard input 0, or 2 when a
 * line could not be used (the severities are in the lines).
 */
export function registerDiff(program: Command): void {
  program
    .command("diff")
    .description("say what changed between two documents and how bad it is")
    .argument("[old]", `the earlier document, a file; "-" reads standard input`)
    .argument("[new]", `the later document, a file; "-" reads standard input`)
    .option("--client-id <client_id>", "what the client is registered as; the earlier document's when absent")
    .option("--jwks-old <file>", "what jwks_uri answered earlier")
    .option("--jwks-new <file>", "what jwks_uri answers now")
    .option("--json", "print JSON")
    .option(
      "--stdin",
      "read JSON lines {id, before, after, jwks_before?, jwks_after?, client_id?} from standard input",
    )
    .action(
      async (
        older: string | undefined,
        newer: string | undefined,
        options: DiffOptions,
        command: Command,
      ) => {
        if (newer === undefined && (older === "-" || (options.stdin && older === undefined))) {
          process.stdin.setEncoding("utf8");
          process.exitCode = await answerLines(readLines(process.stdin), print, diffLine);
          return;
        }
        if (older === undefined || newer === undefined)
          return command.error("Name two documents, or --stdin to read JSON lines.");
        const files = [older, newer, options.jwksOld, options.jwksNew];
        if (files.filter((file) => file === "-").length > 1)
          return command.error("Standard input can be read only once.");
        const answer = await diffFiles(older, newer, options).catch((fault: unknown) =>
          isFileFault(fault) ? command.error(fault.message) : Promise.reject(fault),
        );
        if ("error" in answer) return command.error(answer.error);
        await print(options.json ? `${JSON.stringify(answer, null, 2)}\n` : printDiff(answer));
        process.exitCode = exitCodeOf(answer);
      },
    );
}

/** Compares two documents that lie in files. */
export async function diffFiles(older: string, newer: string, { clientId, jwksOld, jwksNew }: DiffOptions) {
  const setIn = async (file: string | undefined) =>
    file === undefined ? undefined : parseKeySet(await readBody(file), "given");
  return diffOne({
    clientId,
    before: parseDocument(await readBody(older)),
    after: parseDocument(await readBody(newer)),
    keysBefore: await setIn(jwksOld),
    keysAfter: await setIn(jwksNew),
  });
}

function exitCodeOf({ changes }: DiffAnswer): 0 | 1 {
  return ["none", "info", "low"].includes(highestSeverity(changes)) ? 0 : 1;
}
