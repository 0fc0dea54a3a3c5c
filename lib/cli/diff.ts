import { type Command, Option } from "commander";
import { driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { readUtf8 } from "#lib/core/document/readUtf8.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { allRules } from "#lib/core/rules/allRules.ts";
import { answerLines } from "./answerLines.ts";
import type { CheckWorld } from "./check.ts";
import { readLines } from "./check/readLines.ts";
import { diffLine } from "./diff/diffLine.ts";
import { type DiffAnswer, diffOne } from "./diff/diffOne.ts";
import { printDiff } from "./diff/printDiff.ts";
import { print } from "./output.ts";
import { isFileFault, readBody } from "./readBody.ts";
import { fileUri } from "./sarif/fileUri.ts";
import { type SarifFile, sarifLog } from "./sarif/sarifLog.ts";

interface DiffOptions {
  readonly clientId?: string;
  readonly jwksOld?: string;
  readonly jwksNew?: string;
  readonly failOn: DriftSeverity | "none";
  readonly json?: true;
  readonly sarif?: true;
  readonly stdin?: true;
}

/**
 * Adds `rollcall diff`. Exit codes: 0 nothing from medium on (or from what `--fail-on` says), 1 something, 2 usage; from
 * standard input 0, or 2 when a line could not be used (the severities are in the lines).
 */
export function registerDiff(program: Command, { baseUrl }: Pick<CheckWorld, "baseUrl">): void {
  program
    .command("diff")
    .description("say what changed between two documents and how bad it is")
    .argument("[old]", `the earlier document, a file; "-" reads standard input`)
    .argument("[new]", `the later document, a file; "-" reads standard input`)
    .option("--client-id <client_id>", "what the client is registered as; the earlier document's when absent")
    .option("--jwks-old <file>", "what jwks_uri answered earlier")
    .option("--jwks-new <file>", "what jwks_uri answers now")
    .addOption(
      new Option("--fail-on <severity>", "from which severity on to exit with 1; none: never")
        .choices([...driftSeverities, "none"])
        .default("medium"),
    )
    .option("--json", "print JSON")
    .addOption(new Option("--sarif", "print SARIF 2.1.0").conflicts("json"))
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
          if (options.sarif)
            return command.error("--sarif needs named documents: JSON lines have no place in a file.");
          process.stdin.setEncoding("utf8");
          process.exitCode = await answerLines(readLines(process.stdin), print, diffLine);
          return;
        }
        if (older === undefined || newer === undefined)
          return command.error("Name two documents, or --stdin to read JSON lines.");
        const files = [older, newer, options.jwksOld, options.jwksNew];
        if (files.filter((file) => file === "-").length > 1)
          return command.error("Standard input can be read only once.");
        const compared = await diffFiles(older, newer, options).catch((fault: unknown) =>
          isFileFault(fault) ? command.error(fault.message) : Promise.reject(fault),
        );
        const { answer } = compared;
        if ("error" in answer) return command.error(answer.error);
        await print(textOf(answer, compared, options, baseUrl));
        process.exitCode = exitCodeOf(answer, options.failOn);
      },
    );
}

/** Compares two documents that lie in files. `document` and `keySet` are what the changes point into. */
export async function diffFiles(
  older: string,
  newer: string,
  { clientId, jwksOld, jwksNew }: Pick<DiffOptions, "clientId" | "jwksOld" | "jwksNew">,
) {
  const setIn = async (file: string | undefined) => (file === undefined ? undefined : readBody(file));
  const before = parseDocument(await readBody(older));
  const after = parseDocument(await readBody(newer));
  const [keysBefore, keysAfter] = [await setIn(jwksOld), await setIn(jwksNew)];
  return {
    answer: diffOne({
      clientId,
      before,
      after,
      keysBefore: keysBefore && parseKeySet(keysBefore, "given"),
      keysAfter: keysAfter && parseKeySet(keysAfter, "given"),
    }),
    document: { uri: fileUri(newer), text: after.text },
    keySet:
      jwksNew === undefined || keysAfter === undefined
        ? undefined
        : { uri: fileUri(jwksNew), text: readUtf8(keysAfter).text },
  };
}

function textOf(
  answer: DiffAnswer,
  { document, keySet }: { readonly document: SarifFile; readonly keySet?: SarifFile },
  { json, sarif }: DiffOptions,
  baseUrl: () => string,
): string {
  if (!sarif) return json ? `${JSON.stringify(answer, null, 2)}\n` : printDiff(answer);
  const rules = allRules.filter(({ kind }) => kind === "drift");
  const subjects = [{ document, keySet, findings: answer.changes }];
  const log = sarifLog({ command: "diff", rules, subjects, baseUrl: baseUrl() });
  return `${JSON.stringify(log, null, 2)}\n`;
}

function exitCodeOf({ changes }: DiffAnswer, failOn: DriftSeverity | "none"): 0 | 1 {
  const failing = failOn === "none" ? [] : driftSeverities.slice(0, driftSeverities.indexOf(failOn) + 1);
  return changes.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
}
