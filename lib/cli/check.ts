import { once } from "node:events";
import { type Command, Option } from "commander";
import type { CheckSubject } from "#lib/core/check/CheckSubject.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import type { Fetched, FetchKind } from "#lib/core/fetch/Fetched.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { type Profile, profiles } from "#lib/core/profile.ts";
import { type CheckAnswer, checkOne, judge } from "./check/checkOne.ts";
import { checkStdin } from "./check/checkStdin.ts";
import { printAnswer } from "./check/printAnswer.ts";
import { readLines } from "./check/readLines.ts";
import { isFileFault, readBody } from "./readBody.ts";

export { checkOne, checkStdin };

/** Fetches one URL through the guard. */
export type FetchForCheck = (url: string, kind: FetchKind) => Promise<Fetched>;

export interface CheckOptions {
  readonly document?: string;
  readonly jwks?: string;
  readonly profile: Profile;
  readonly json?: boolean;
  readonly stdin?: boolean;
}

/**
 * Adds `rollcall check`. Exit codes: 0 valid or warn, 1 invalid, 2 usage; from standard input 0, or 2 when a line
 * could not be used (the verdicts are in the lines).
 *
 * @param fetchForCheck how to fetch when no `--document` is given; without it only the URL is judged
 */
export function registerCheck(program: Command, fetchForCheck?: FetchForCheck): void {
  program
    .command("check")
    .description("say whether a client's URL, document and key set are valid")
    .argument(
      "[client_id]",
      `the client's URL, or "-" for JSON lines {id, client_id, document?, jwks?, profile?} on standard input`,
    )
    .option("--stdin", `the same as "-"`)
    .option("--document <file>", `judge this file instead of fetching the URL; "-" reads standard input`)
    .option("--jwks <file>", "judge this key set instead of fetching jwks_uri")
    .addOption(new Option("--profile <profile>", "the rule set").choices(profiles).default("ietf"))
    .option("--json", "print JSON")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (clientId: string | undefined, options: CheckOptions, command: Command) => {
      if (clientId === "-" || (options.stdin && clientId === undefined)) {
        process.stdin.setEncoding("utf8");
        process.exitCode = await checkStdin(readLines(process.stdin), writeOut, options.profile);
        return;
      }
      if (clientId === undefined) command.error(`Name a client_id, or "-" to read JSON lines.`);
      const answer = await checkNamed(clientId, options, fetchForCheck).catch((fault: unknown) =>
        // A file that cannot be read is the caller's mistake; anything else is a bug.
        isFileFault(fault) ? command.error(fault.message) : Promise.reject(fault),
      );
      const { profile, json } = options;
      await writeOut(
        json
          ? `${JSON.stringify({ client_id: clientId, profile, ...answer }, null, 2)}\n`
          : printAnswer(clientId, profile, answer),
      );
      process.exitCode = answer.verdict === "invalid" ? 1 : 0;
    });
}

/** Judges one client from files, or by fetching what is not given. */
export async function checkNamed(
  clientId: string,
  { document, jwks, profile }: CheckOptions,
  fetchForCheck?: FetchForCheck,
): Promise<CheckAnswer> {
  const givenKeys = jwks === undefined ? undefined : parseKeySet(await readBody(jwks), "given");
  if (document !== undefined) {
    return judge({ clientId, profile, document: parseDocument(await readBody(document)), keySet: givenKeys });
  }
  const urlOnly: CheckSubject = { clientId, profile, keySet: givenKeys };
  const urlAnswer = judge(urlOnly);
  // What is no client_id is not fetched either.
  if (fetchForCheck === undefined || urlAnswer.verdict === "invalid") return urlAnswer;
  const fetched = await fetchForCheck(clientId, "document");
  const parsed = fetched.body && parseDocument(fetched.body);
  return judge({
    ...urlOnly,
    document: parsed,
    keySet: givenKeys ?? (await fetchKeySet(parsed?.effective?.jwks_uri, fetchForCheck)),
    fetchOutcome: fetched.outcome,
    tls: fetched.tls,
    response:
      fetched.status === undefined
        ? undefined
        : { status: fetched.status, headers: fetched.headers, bytes: fetched.bytes },
  });
}

async function fetchKeySet(url: string | undefined, fetchForCheck: FetchForCheck) {
  if (url === undefined) return undefined;
  const { body } = await fetchForCheck(url, "jwks");
  return body && parseKeySet(body, url);
}

async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}
