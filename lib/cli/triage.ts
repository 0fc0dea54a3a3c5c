import type { Command } from "commander";
import type { FindingAct } from "#lib/core/finding/triage.ts";
import { acts, type Open } from "./acts.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { numberOf } from "./numberOf.ts";

interface Deed {
  readonly does: string;
  /** Its options beside `--note`, which is the input's member of the same name. */
  readonly options?: Readonly<Record<string, string>>;
}

const deeds: Readonly<Record<FindingAct, Deed>> = {
  acknowledge: { does: "say that somebody deals with it" },
  assign: {
    does: "name who deals with it",
    options: { "--person-id <id>": "their id, or none" },
  },
  snooze: {
    does: "let it rest until a date, or without one until the document changes",
    options: { "--until <date>": "such as 2027-01-31" },
  },
  dismiss: {
    does: "put it aside while its cause stands, as a person; of a grave one a proposal",
    options: { "--reason <reason>": "such as expected_change or false_positive" },
  },
  waive: {
    does: "accept the risk until a date, as a person; of a grave one a proposal",
    options: { "--control <words>": "what keeps the risk small", "--until <date>": "such as 2027-01-31" },
  },
  confirm: { does: "agree to what another person proposed, as a person" },
  decline: { does: "take a proposal off the table, as a person" },
  reopen: { does: "take back that it was put aside, as a person" },
};

/** What no token may either: the flows ask who it is only of tokens. */
const byPeople: ReadonlySet<string> = new Set(["dismiss", "waive", "confirm", "decline", "reopen"]);

/** Adds what can be done about a finding to `rollcall findings`. */
export function registerTriage(findings: Command, open: Open): void {
  for (const [act, { does, options = {} }] of Object.entries(deeds)) {
    const command = findings.command(`${act} <number>`).description(does).option("--note <words>", "a note");
    for (const [flags, words] of Object.entries(options)) command.option(flags, words);
    acts(command, open, async (ctx, actor, [number], given) => {
      if (byPeople.has(act) && actor.kind !== "person")
        throw new NoAnswer("People decide about findings: say who does with --as <email>.");
      const { triageFlows } = await import("#lib/flows/findings/triageFindings.ts");
      const { findingRecord } = await import("#lib/views/findings/findingRecord.ts");
      const flow = triageFlows[act as FindingAct] as (...asked: unknown[]) => Promise<unknown>;
      const { note, personId, until, reason, control } = given;
      const asked = { note, until, reason, control, personId: personId === "none" ? null : personId };
      const known = numberOf(number?.replace(/^F-/i, ""), "A finding");
      await flow(ctx, actor, { ...asked, number: known });
      return findingRecord(ctx.db, ctx.clock(), known);
    });
  }
}
