import { checks } from "#lib/core/check/checks.ts";
import { driftRules } from "#lib/core/drift/driftRules.ts";
import { reachRules } from "#lib/core/watch/reach/reachRules.ts";
import { sightRules } from "#lib/core/watch/sight/sightRules.ts";
import { timeRules } from "#lib/core/watch/time/timeRules.ts";
import type { KnownRule, RuleKind } from "./KnownRule.ts";
import { severityMoves } from "./severityMoves.ts";

type Told = Omit<KnownRule, "kind" | "moves">;

function told(kind: RuleKind, { id, severity, title, rationale, clause, example, effect }: Told): KnownRule {
  return { id, kind, severity, moves: severityMoves[id], title, rationale, clause, example, effect };
}

/** Every rule of every kind, in the order they are shown. */
export const allRules: readonly KnownRule[] = [
  ...checks.map((rule) => told("check", rule)),
  ...driftRules.map((rule) => told("drift", rule)),
  ...reachRules.map((rule) => told("reach", rule)),
  ...timeRules.map((rule) => told("time", rule)),
  ...sightRules.map((rule) => told("sight", rule)),
];
