import type { Actor } from "#lib/core/Actor.ts";
import type { FindingAct } from "#lib/core/finding/triage.ts";
import { Refusal, type RefusalCode } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { acknowledgeFinding } from "./acknowledgeFinding.ts";
import type { TriageOutcome } from "./actOnFinding.ts";
import { assignFinding } from "./assignFinding.ts";
import { confirmProposal, declineProposal } from "./confirmProposal.ts";
import { dismissFinding } from "./dismissFinding.ts";
import { reopenFinding } from "./reopenFinding.ts";
import { snoozeFinding } from "./snoozeFinding.ts";
import { waiveFinding } from "./waiveFinding.ts";

type Triage = (ctx: Context, actor: Actor, input: never) => Promise<TriageOutcome>;

/** The flow behind each act. */
export const triageFlows = {
  acknowledge: acknowledgeFinding,
  assign: assignFinding,
  snooze: snoozeFinding,
  dismiss: dismissFinding,
  waive: waiveFinding,
  confirm: confirmProposal,
  decline: declineProposal,
  reopen: reopenFinding,
} satisfies Record<FindingAct, Triage>;

export type BulkOutcome =
  | ({ readonly ok: true } & TriageOutcome)
  | { readonly ok: false; readonly number: number; readonly code: RefusalCode; readonly sentence: string };

const most = 500;

/**
 * The same act on many findings, each in a transaction of its own, all or nothing per finding: one outcome each, in
 * their order. `input` is what the act's own flow takes, without `number` and `revision`.
 */
export async function triageFindings(
  ctx: Context,
  actor: Actor,
  { act, numbers, ...input }: { act: FindingAct; numbers: readonly number[] } & Record<string, unknown>,
): Promise<BulkOutcome[]> {
  if (numbers.length === 0) throw new Refusal("invalid_input", "Choose at least one finding.");
  if (numbers.length > most) throw new Refusal("invalid_input", `At most ${most} findings at once.`);
  const flow = triageFlows[act] as Triage;
  const outcomes: BulkOutcome[] = [];
  for (const number of new Set(numbers))
    try {
      outcomes.push({ ok: true, ...(await flow(ctx, actor, { ...input, number } as never)) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === "invalid_input") throw error;
      outcomes.push({ ok: false, number, code: error.code, sentence: error.message });
    }
  return outcomes;
}
