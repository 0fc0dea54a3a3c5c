import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listLatestChanges } from "#lib/db/queries/listLatestChanges.ts";
import { listRuleFindings, type RuleFinding } from "#lib/db/queries/listRuleFindings.ts";

/** A recorded difference that a rule named. */
export interface RuleChange {
  readonly id: string;
  readonly at: Instant;
  readonly clientRowId: string;
  readonly clientName: string;
  readonly severity: DriftSeverity;
  readonly message: string;
}

export interface RuleStanding {
  readonly findings: readonly RuleFinding[];
  /** How many findings are not settled, those beyond the limit included. */
  readonly standing: number;
  readonly changes: readonly RuleChange[];
}

/** Differences that are looked through for those a rule named. */
const looked = 1_000;

/** What a rule says now: its findings that are not settled, at most `limit`, and the latest differences it named. */
export async function ruleStanding(
  db: Read,
  rule: string,
  { limit, changes }: { limit: number; changes: number },
): Promise<RuleStanding> {
  const { findings, total } = await listRuleFindings(db, rule, limit);
  const latest = rule.startsWith("drift.") ? await listLatestChanges(db, looked) : [];
  const named = latest.flatMap((each): RuleChange[] => {
    const change = each.changes.find((one) => one.rule === rule);
    if (change === undefined) return [];
    const { id, at, clientRowId, clientName } = each;
    const { severity, message } = change;
    return [{ id, at, clientRowId, clientName: visibleText(clientName, 80), severity, message }];
  });
  return { findings, standing: total, changes: named.slice(0, changes) };
}
