import type { Actor } from "#lib/core/Actor.ts";
import type { FindingProposal } from "#lib/core/finding/Finding.ts";
import type { Context } from "#lib/context.ts";
import type { Decided } from "./Decided.ts";

type Dismissal = Omit<Extract<FindingProposal, { kind: "dismiss" }>, "by" | "at">;
type Waiver = Omit<Extract<FindingProposal, { kind: "waive" }>, "by" | "at">;

const nothingDecided = {
  snoozedUntil: null,
  snoozedSnapshotId: null,
  dismissReason: null,
  control: null,
  waivedUntil: null,
  confirmedBy: null,
  proposal: null,
} as const;

/** What a dismissal changes. `actor` decided it, alone or confirmed by another. */
export function dismissal(ctx: Context, actor: Actor, { reason, note }: Dismissal): Decided {
  return {
    change: {
      ...nothingDecided,
      state: "dismissed",
      dismissReason: reason,
      decisionNote: note,
      decidedBy: personId(actor),
      decidedAt: ctx.clock(),
    },
    action: "dismissed",
    detail: { reason, note },
  };
}

/** What a waiver changes. */
export function waiver(ctx: Context, actor: Actor, { control, until, note }: Waiver): Decided {
  return {
    change: {
      ...nothingDecided,
      state: "waived",
      control,
      waivedUntil: until,
      decisionNote: note,
      decidedBy: personId(actor),
      decidedAt: ctx.clock(),
    },
    action: "waived",
    detail: { control, until, note },
  };
}

/** The same as a proposal that waits for a second person. */
export function proposalBy(ctx: Context, actor: Actor, said: Dismissal | Waiver): Decided {
  const { kind, note } = said;
  const words =
    said.kind === "dismiss" ? { reason: said.reason } : { control: said.control, until: said.until };
  return {
    change: { proposal: { ...said, by: personId(actor) ?? "", at: ctx.clock() } },
    action: "proposed",
    detail: { proposed: kind, ...words, note },
    aloneOnly: true,
  };
}

function personId(actor: Actor): string | null {
  return actor.kind === "person" ? actor.id : null;
}
