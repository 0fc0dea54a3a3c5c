import type { CheckFacts } from "./factsOf.ts";

/** `error`: invalid, cannot be approved. `warning`: a reviewer should weigh it. `info`: worth knowing. */
export type CheckSeverity = "error" | "warning" | "info";

/** One thing a check found. */
export interface Problem {
  readonly message: string;
  /**
   * A JSON Pointer into the document ("" for the whole), "client_id" for the URL, "response" for the answer,
   * or `jwks#` and a JSON Pointer into a key set that is not part of the document.
   */
  readonly path: string;
  /** Overrides the check's own severity, where a profile or the case decides. */
  readonly severity?: CheckSeverity;
}

/** One check: is it valid? Ids never change once released. */
export interface Check {
  /** Stable id in the style `redirect.wildcard`. */
  readonly id: string;
  readonly severity: CheckSeverity;
  /** A noun phrase, for lists and pages. */
  readonly title: string;
  /** Why it matters, in a sentence or two for a reviewer who has not read the specification. */
  readonly rationale: string;
  /** The clause that says so, e.g. "draft-ietf-oauth-client-id-metadata-document-02 §3". */
  readonly clause: string;
  /** A short example of what it catches. */
  readonly example: string;
  run(facts: CheckFacts): readonly Problem[];
}

/** A problem with the name of the check that found it: what is stored, shown and printed. */
export interface CheckResult {
  readonly rule: string;
  readonly severity: CheckSeverity;
  readonly message: string;
  readonly path: string;
}

export type Verdict = "valid" | "warn" | "invalid";
