import type { Change, DriftSeverity } from "#lib/core/drift/Drift.ts";
import { driftRules } from "#lib/core/drift/driftRules.ts";
import { quoted } from "#lib/core/drift/words.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { type LiveFacts, valueOf } from "./valueOf.ts";

const alarming: ReadonlySet<DriftSeverity> = new Set(["critical", "high", "medium"]);

// They speak of all values of a member together: that all are gone is the news.
const collective: ReadonlySet<string> = new Set([
  "drift.redirect-all-replaced",
  "drift.redirect-emptied",
  "drift.key-set-emptied",
]);

const titles = new Map(driftRules.map(({ id, title }) => [id, title]));

/**
 * The causes that a difference between the approved and the live document gives: what is below medium is only
 * recorded. A change that speaks of several values is one cause for each, so that a later one does not make the
 * earlier ones new.
 */
export function changeCauses(changes: readonly Change[], live: LiveFacts): Cause[] {
  return changes.filter(({ severity }) => alarming.has(severity)).flatMap((change) => split(change, live));
}

function split(change: Change, live: LiveFacts): Cause[] {
  const { before, after } = change;
  const side = before === undefined ? "after" : "before";
  const values = before !== undefined && after !== undefined ? undefined : (before ?? after);
  if (!isTexts(values) || collective.has(change.rule))
    return [{ ...change, value: valueOf(change.path, live) }];
  if (values.length === 1) return [{ ...change, value: values[0] ?? "" }];
  return values.map((value) => ({
    ...change,
    message: `${titles.get(change.rule) ?? change.message}: ${quoted(value)}.`,
    [side]: [value],
    value,
  }));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
}
