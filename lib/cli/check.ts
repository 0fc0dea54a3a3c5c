import { type Command, Option } from "commander";
import type { Verdict } from "#lib/core/check/Check.ts";
import { type Profile, profiles } from "#lib/core/profile.ts";
import { allRules } from "#lib/core/rules/allRules.ts";
import { type CheckedClient, checkFile, checkNamed, type NetForCheck } from "./check/checkNamed.ts";
import { checkStdin } from "./check/checkStdin.ts";
import { printAnswer } from "./check/printAnswer.ts";
import { readLines } from "./check/readLines.ts";
import { print } from "./output.ts";
import { isFileFault } from "./readBody.ts";
import { sarifLog } from "./sarif/sarifLog.ts";

interface CheckOptions {
  readonly document?: string;
  readonly documents?: readonly string[];
  readonly jwks?: string;
  readonly profile: Profile;
  readonly failOn: keyof typeof fails;
  readonly json?: true;
  readonly sarif?: true;
  readonly stdin?: true;
}

/** What the command needs of the world; without a network only what is given is judged. */
export interface CheckWorld {
  readonly net?: NetForCheck;
  /** Base URL of the console, whose pages explain the rules. */
  readonly baseUrl: () => string;
}

/**
 * Adds `rollcall check`. Exit codes: 0 valid or warn, 1 invalid (as `--fail-on` says), 2 usage; from
 * standard input 0, or 2 when a line could not be used (the verdicts are in the lines).
 */
export function registerCheck(program: Command, { net, baseUrl }: CheckWorld): void {
  program
    .command("check")
    .description("say whether a client's URL, document and key set are valid")
    .argument(
      "[client_id]",
      `the client's URL, or "-" for JSON lines {id, client_id, document?, jwks?, profile?} on standard input`,
    )
    .option("--stdin", `the same as "-"`)
    .option("--document <file>", `judge this file instead of fetching the URL; "-" reads standard input`)
    .option("--documents <file...>", "judge several files, each as the client that it says it is")
    .option("--jwks <file>", "judge this key set instead of fetching jwks_uri")
    .addOption(new Option("--profile <profile>", "the rule set").choices(profiles).default("ietf"))
    .addOption(
      new Option("--fail-on <severity>", "from which severity on to exit with 1; none: never")
        .choices(Object.keys(fails))
        .default("error"),
    )
    .option("--json", "print JSON")
    .addOption(new Option("--sarif", "print SARIF 2.1.0").conflicts("json"))
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (clientId: string | undefined, options: CheckOptions, command: Command) => {
      const { profile, documents, failOn } = options;
      if (clientId === "-" || (options.stdin && clientId === undefined)) {
        if (options.sarif)
          command.error("--sarif needs named documents: JSON lines have no place in a file.");
        process.stdin.setEncoding("utf8");
        process.exitCode = await checkStdin(readLines(process.stdin), print, profile);
        return;
      }
      const fault = usageFault(clientId, options);
      if (fault !== undefined) command.error(fault);
      const checking =
        documents === undefined
          ? checkNamed(clientId ?? "", options, net).then((one) => [one])
          : Promise.all(documents.map((file) => checkFile(file, profile)));
      const checked = await checking.catch((reason: unknown) =>
        // A file that cannot be read is the caller's mistake; anything else is a bug.
        isFileFault(reason) ? command.error(reason.message) : Promise.reject(reason),
      );
      await print(options.sarif ? sarifText(checked, baseUrl()) : answerText(checked, options));
      process.exitCode = checked.some(({ answer }) =>
        (fails[failOn] as readonly Verdict[]).includes(answer.verdict),
      )
        ? 1
        : 0;
    });
}

const fails = {
  error: ["invalid"],
  warning: ["invalid", "warn"],
  none: [],
} as const satisfies Record<string, readonly Verdict[]>;

function usageFault(
  clientId: string | undefined,
  { document, documents, jwks }: CheckOptions,
): string | undefined {
  if (documents === undefined)
    return clientId === undefined
      ? `Name a client_id, or --documents, or "-" to read JSON lines.`
      : undefined;
  if (clientId !== undefined || document !== undefined || jwks !== undefined)
    return "--documents names every client by its own document; leave out the client_id, --document and --jwks.";
  return documents.filter((file) => file === "-").length > 1
    ? "Standard input can be read only once."
    : undefined;
}

function answerText(
  checked: readonly CheckedClient[],
  { documents, profile, json }: Pick<CheckOptions, "documents" | "profile" | "json">,
): string {
  if (!json) return checked.map((one) => printAnswer(nameOf(one), profile, one.answer)).join("\n");
  const answers = checked.map(({ file, clientId, answer }) => ({
    ...(documents === undefined ? {} : { file }),
    client_id: clientId,
    profile,
    ...answer,
  }));
  return `${JSON.stringify(documents === undefined ? answers[0] : answers, null, 2)}\n`;
}

function nameOf({ clientId, file = "" }: CheckedClient): string {
  return clientId === "" ? file : clientId;
}

function sarifText(checked: readonly CheckedClient[], baseUrl: string): string {
  const rules = allRules.filter(({ kind }) => kind === "check");
  const subjects = checked.map(({ document, keySet, answer: { findings } }) => ({
    document,
    keySet,
    findings,
  }));
  return `${JSON.stringify(sarifLog({ command: "check", rules, subjects, baseUrl }), null, 2)}\n`;
}
