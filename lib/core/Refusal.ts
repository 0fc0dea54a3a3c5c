/** Why a caller is told "no". The list is closed: pages and the API each map it once. */
export type RefusalCode =
  | "invalid_input"
  | "not_signed_in"
  | "not_allowed"
  | "not_found"
  | "conflict"
  | "stale"
  | "too_many"
  | "not_ready"
  | "unavailable";

/**
 * "No" to a caller, in a sentence that says what was wrong and what to do about it.
 * Anything about a document is a finding instead; anything else that throws is a bug or an outage.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** The input members at fault, each with its own sentence; shown beside the form field. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, sentence: string, fields: Readonly<Record<string, string>> = {}) {
    super(sentence);
    this.name = "Refusal";
    this.code = code;
    this.fields = fields;
  }
}
