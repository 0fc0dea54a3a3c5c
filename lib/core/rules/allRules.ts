import { checks } from "#lib/core/check/checks.ts";
import { driftRules } from "#lib/core/drift/driftRules.ts";
import type { KnownRule } from "./KnownRule.ts";

/** Every rule of every kind, in the order they are shown. */
export const allRules: readonly KnownRule[] = [
  ...checks.map(({ id, severity, title, rationale, clause, example }) => ({
    id,
    kind: "check" as const,
    severity,
    title,
    rationale,
    clause,
    example,
  })),
  ...driftRules.map(({ id, severity, title, rationale, clause, effect }) => ({
    id,
    kind: "drift" as const,
    severity,
    title,
    rationale,
    clause,
    effect,
  })),
];
