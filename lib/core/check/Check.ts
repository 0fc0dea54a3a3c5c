import type { Profile } from "#lib/core/profile.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";

/** `error`: invalid, cannot be approved. `warning`: a reviewer should weigh it. `info`: worth knowing. */
export type CheckSeverity = "error" | "warning" | "info";

/** What a check may look at. Absent parts were not fetched; a check that needs them then says nothing. */
export interface CheckSubject {
  /** The client_id exactly as it was received. */
  readonly clientId: string;
  readonly profile: Profile;
  /** The parsed response body; absent when there was nothing to parse. */
  readonly document?: ParsedDocument;
  /** The key set: the inline `jwks`, or what `jwks_uri` answered. */
  readonly keySet?: ParsedKeySet;
  /** How the document was answered; absent when it came from a file or by hand. */
  readonly response?: CheckResponse;
  /** Issuer identifiers of the authorization servers we know (check 16). */
  readonly knownIssuers?: readonly string[];
  /** Every other client_id in the inventory (check 17). */
  readonly otherClientIds?: readonly string[];
}

/** The parts of an HTTP answer that checks read. Header names are lower-case. */
export interface CheckResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
}

/** One thing a check found. `path` is a JSON Pointer into the document, or "" for the whole, or "client_id" / "response". */
export interface Problem {
  readonly message: string;
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
  run(subject: CheckSubject): readonly Problem[];
}

/** A problem with the name of the check that found it: what is stored, shown and printed. */
export interface CheckResult {
  readonly rule: string;
  readonly severity: CheckSeverity;
  readonly message: string;
  readonly path: string;
}

export type Verdict = "valid" | "warn" | "invalid";
