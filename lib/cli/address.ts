import type { Command } from "commander";
import { judgeTarget } from "#lib/core/address/judgeTarget.ts";
import type { Answers } from "#lib/core/address/judgeAnswers.ts";
import { answerLines } from "./answerLines.ts";
import { readLines } from "./check/readLines.ts";
import { print, printJson } from "./output.ts";

/** Adds `rollcall address`: what the fetch guard would do. Exit codes: 0 allow, 1 block, 2 usage; from standard input 0, or 2. */
export function registerAddress(program: Command): void {
  program
    .command("address")
    .description("say whether the fetch guard would go to a URL or an IP address")
    .argument(
      "[target]",
      `a URL or an IP address, or "-" for JSON lines {id, target, answers?} on standard input`,
    )
    .option("--answers <json>", `judge these DNS answers too, e.g. '{"A":["203.0.113.7"]}'`)
    .option("--stdin", `the same as "-"`)
    .action(
      async (target: string | undefined, options: { answers?: string; stdin?: true }, command: Command) => {
        if (target === "-" || (options.stdin && target === undefined)) {
          process.stdin.setEncoding("utf8");
          process.exitCode = await answerLines(readLines(process.stdin), print, addressLine);
          return;
        }
        if (target === undefined)
          return command.error(`Name a URL or an address, or "-" to read JSON lines.`);
        const answers = options.answers === undefined ? undefined : readJson(options.answers);
        if (options.answers !== undefined && answers === undefined)
          return command.error("--answers is not JSON.");
        const verdict = judgeTarget(target, answers as Answers | undefined);
        await printJson(verdict);
        process.exitCode = verdict.verdict === "allow" ? 0 : 1;
      },
    );
}

/** Answers one JSON line `{id, target, answers?}`; one that cannot be used gets an `error`. */
export function addressLine(line: string): object {
  const value = readJson(line);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { id: null, error: "The line is not a JSON object." };
  const { id = null, target, answers } = value as Record<string, unknown>;
  if (typeof target !== "string") return { id, error: "target is missing or not a string." };
  return { id, ...judgeTarget(target, answers ?? undefined) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
