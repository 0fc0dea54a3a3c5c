import { InvalidArgumentError, type Command } from "commander";
import { driftSeverities, type DriftSeverity } from "#lib/core/drift/Drift.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { parseFindingWords } from "#lib/core/finding/parseFindingWords.ts";
import { severityRank } from "#lib/core/finding/severityRank.ts";
import { toWire } from "#lib/core/naming.ts";
import type { ListedFinding } from "#lib/views/findings/findingList.ts";
import { openInstallation, type Open } from "./acts.ts";
import { print, printJson } from "./output.ts";
import { registerTriage } from "./triage.ts";

interface ListOptions {
  readonly state?: string;
  readonly severity?: string;
  readonly client?: string;
  readonly failOn?: DriftSeverity;
  readonly json?: true;
}

/**
 * Adds `rollcall findings list` (exit code 0, or 1 when one of those listed is open and at least as grave as
 * `--fail-on` says), `findings show`, and what can be done about one.
 */
export function registerFindings(program: Command, open: Open = openInstallation): void {
  const findings = program.command("findings").description("what waits for triage");
  findings
    .command("list")
    .description("list findings, the gravest first; without --state those that nobody has decided")
    .option(
      "--state <states>",
      "open, acknowledged, snoozed, dismissed, waived, resolved or any; several with commas",
    )
    .option("--severity <severities>", "critical, high, medium, low, info; several with commas")
    .option("--client <client_id>", "of this client")
    .option("--fail-on <severity>", "exit code 1 when one this grave, or graver, is open", severity)
    .option("--json", "print JSON lines")
    .action(async (options: ListOptions) => {
      const failing = await list(options, open);
      process.exitCode = failing ? 1 : 0;
    });
  findings
    .command("show")
    .description("one finding with its history; prints JSON")
    .argument("<number>", "its number, such as 12 or F-12", findingNumber)
    .action(async (number: number) => {
      const { findingRecord } = await import("#lib/views/findings/findingRecord.ts");
      await open(async (ctx) => printJson(toWire(await findingRecord(ctx.db, ctx.clock(), number))));
    });
  registerTriage(findings, open);
}

const pageSize = 500;

/** Prints them page by page and says whether one fails the caller. */
async function list({ failOn, json, client, ...words }: ListOptions, open: Open): Promise<boolean> {
  const filter = { ...parseFindingWords(words), ...(client === undefined ? {} : { client }) };
  const { listFindings } = await import("#lib/views/findings/findingList.ts");
  return open(async (ctx) => {
    const now = ctx.clock();
    let failing = false;
    for (let offset = 0; ; offset += pageSize) {
      const { findings } = await listFindings(ctx.db, now, filter, { offset, limit: pageSize });
      for (const finding of findings) {
        await (json ? printJson(toWire(finding)) : print(`${lineOf(finding)}\n`));
        failing ||= failOn !== undefined && fails(finding, failOn);
      }
      if (findings.length < pageSize) return failing;
    }
  });
}

function fails({ state, severity: found }: ListedFinding, failOn: DriftSeverity): boolean {
  return (state === "open" || state === "acknowledged") && severityRank(found) <= severityRank(failOn);
}

function lineOf(finding: ListedFinding): string {
  const about = finding.client ? visibleText(finding.client.clientId) : finding.host;
  const state = finding.overdue ? `${finding.state}, overdue` : finding.state;
  return [`F-${finding.number}`, finding.severity, state, finding.rule, about, finding.message].join("  ");
}

function severity(text: string): DriftSeverity {
  const found = driftSeverities.find((each) => each === text);
  if (found) return found;
  throw new InvalidArgumentError(`It must be one of ${driftSeverities.join(", ")}.`);
}

function findingNumber(text: string): number {
  const digits = /^(?:F-)?([1-9]\d{0,8})$/i.exec(text)?.[1];
  if (digits) return Number(digits);
  throw new InvalidArgumentError("It must be a number, such as 12 or F-12.");
}
