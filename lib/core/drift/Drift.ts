import type { RiskTier } from "#lib/core/client.ts";
import type { DriftSubject } from "./DriftSubject.ts";

export type DriftSeverity = RiskTier | "info";

/** Most serious first. */
export const driftSeverities: readonly DriftSeverity[] = ["critical", "high", "medium", "low", "info"];

/** `growth` waits for a person; `shrinkage` leaves the allowlist at once; `neutral` does neither. */
export type DriftEffect = "growth" | "shrinkage" | "neutral";

/** One difference a rule found. */
export interface DriftProblem {
  /** A sentence that names the values, safe to print. */
  readonly message: string;
  /** A JSON Pointer into the newer document, "" for the whole, "response", or `jwks#` and a pointer into a fetched key set. */
  readonly path: string;
  /** Overrides the rule's own severity, where the case decides. */
  readonly severity?: DriftSeverity;
  /** Overrides the rule's own effect. */
  readonly effect?: DriftEffect;
  /** What was there; an array where the member is a set. Absent when nothing was. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One drift rule: what changed, and how bad is it? Ids never change once released. */
export interface DriftRule {
  /** Stable id in the style `drift.redirect-added-wildcard`. */
  readonly id: string;
  readonly severity: DriftSeverity;
  /** A noun phrase, for lists and pages. */
  readonly title: string;
  /** Why it matters, in a sentence or two for a manager. */
  readonly rationale: string;
  /** The clause that says so. */
  readonly clause: string;
  readonly effect: DriftEffect;
  run(subject: DriftSubject): readonly DriftProblem[];
}

/** A difference with the name of the rule that found it: what is stored, shown and printed. */
export interface Change {
  readonly rule: string;
  readonly severity: DriftSeverity;
  readonly message: string;
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly effect: DriftEffect;
}
