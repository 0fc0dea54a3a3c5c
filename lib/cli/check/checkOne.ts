import type { CheckResult, Verdict } from "#lib/core/check/Check.ts";
import type { CheckSubject } from "#lib/core/check/CheckSubject.ts";
import { runChecks } from "#lib/core/check/runChecks.ts";
import { verdictOf } from "#lib/core/check/verdictOf.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import type { Profile } from "#lib/core/profile.ts";

export interface CheckInput {
  readonly client_id: string;
  /** The body as text or bytes, where duplicates and encoding count, or a JSON value already read. */
  readonly document?: unknown;
  /** As `document`; without a document, the key set is judged alone. */
  readonly jwks?: unknown;
  /** `ietf` when absent. */
  readonly profile?: Profile;
}

export interface CheckAnswer {
  readonly verdict: Verdict;
  readonly findings: readonly CheckResult[];
}

/** Judges one client without any network. What is absent (undefined or null) is not judged. */
export function checkOne({ client_id, document, jwks, profile = "ietf" }: CheckInput): CheckAnswer {
  return judge({
    clientId: client_id,
    profile,
    document: isAbsent(document) ? undefined : parseDocument(bodyOf(document)),
    keySet: isAbsent(jwks) ? undefined : parseKeySet(bodyOf(jwks), "given"),
  });
}

/** The verdict on a subject with the findings it rests on. */
export function judge(subject: CheckSubject): CheckAnswer {
  const findings = runChecks(subject);
  return { verdict: verdictOf(findings), findings };
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Text and bytes as they are; any other value as the JSON it stands for. */
export function bodyOf(value: unknown): string | Uint8Array {
  return typeof value === "string" || value instanceof Uint8Array ? value : JSON.stringify(value);
}
