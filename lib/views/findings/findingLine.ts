import type { DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { FindingProposal, FindingState } from "#lib/core/finding/Finding.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { ruleById } from "#lib/core/rules/ruleById.ts";
import type { Read } from "#lib/db/Database.ts";
import { ownersOfMembers, type ListedFinding } from "#lib/db/queries/pageOfFindings.ts";

/** Until when something should have happened to a finding, or until when it rests. */
export interface FindingDue {
  readonly at: Instant;
  readonly what: "acknowledge" | "decide" | "wake" | "renew";
  /** It should have happened, and has not. */
  readonly overdue: boolean;
}

/** One finding in a list. */
export interface FindingLine {
  readonly number: number;
  readonly rule: string;
  readonly ruleTitle: string;
  readonly severity: DriftSeverity;
  readonly effect: DriftEffect;
  readonly state: FindingState;
  readonly message: string;
  readonly host: string;
  /** Absent for a finding about a host. */
  readonly client: { readonly id: string; readonly clientId: string; readonly name: string } | null;
  /** Teams that own what it is about: names, several for a finding about a host. */
  readonly owners: readonly string[];
  readonly assignee: { readonly id: string; readonly name: string } | null;
  /** When it opened, or came back. */
  readonly since: Instant;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly due: FindingDue | null;
  /** Snoozed until it changes instead of until a date. */
  readonly untilChange: boolean;
  readonly regressions: number;
  /** How many clients it speaks for. */
  readonly members: number;
  /** A finding about the host speaks for this one. */
  readonly spokenFor: boolean;
  /** What waits for a second person. */
  readonly proposal: FindingProposal["kind"] | null;
  readonly settledAt: Instant | null;
  readonly revision: number;
}

/** Rows as lines, with the owners of the clients that findings about hosts speak for. */
export async function findingLines(
  db: Read,
  rows: readonly ListedFinding[],
  now: Instant,
): Promise<FindingLine[]> {
  const owners = await ownersOfMembers(
    db,
    rows.filter(({ finding }) => finding.clientRowId === null).map(({ finding }) => finding.id),
  );
  return rows.map((row) =>
    findingLine(
      row,
      row.client
        ? [row.owner ?? []].flat()
        : (owners.get(row.finding.id) ?? []).flatMap((name) => name ?? []).sort(),
      now,
    ),
  );
}

function findingLine(
  { finding, client, assignee }: ListedFinding,
  owners: readonly string[],
  now: Instant,
): FindingLine {
  return {
    number: finding.number,
    rule: finding.rule,
    ruleTitle: ruleById(finding.rule)?.title ?? finding.rule,
    severity: finding.severity,
    effect: finding.effect,
    state: finding.state,
    message: visibleText(finding.message, 600),
    host: finding.host,
    client: client && { ...client, name: visibleText(client.name, 80) },
    owners,
    assignee,
    since: finding.regressedAt ?? finding.firstSeenAt,
    firstSeenAt: finding.firstSeenAt,
    lastSeenAt: finding.lastSeenAt,
    due: dueOf(finding, now),
    untilChange: finding.state === "snoozed" && finding.snoozedUntil === null,
    regressions: finding.regressions,
    members: finding.members,
    spokenFor: finding.parentId !== null,
    proposal: finding.proposal?.kind ?? null,
    settledAt: ["dismissed", "waived", "resolved"].includes(finding.state)
      ? (finding.resolvedAt ?? finding.decidedAt)
      : null,
    revision: finding.revision,
  };
}

function dueOf(finding: ListedFinding["finding"], now: Instant): FindingDue | null {
  const { state, acknowledgeBy, decideBy, snoozedUntil, waivedUntil } = finding;
  const late = (at: Instant) => at <= now;
  if (state === "snoozed")
    return snoozedUntil === null ? null : { at: snoozedUntil, what: "wake", overdue: false };
  if (state === "waived")
    return waivedUntil === null ? null : { at: waivedUntil, what: "renew", overdue: false };
  if (state !== "open" && state !== "acknowledged") return null;
  // Deciding late is worse than acknowledging late.
  if (decideBy !== null && (state === "acknowledged" || acknowledgeBy === null || late(decideBy)))
    return { at: decideBy, what: "decide", overdue: late(decideBy) };
  if (acknowledgeBy !== null && state === "open")
    return { at: acknowledgeBy, what: "acknowledge", overdue: late(acknowledgeBy) };
  return null;
}
