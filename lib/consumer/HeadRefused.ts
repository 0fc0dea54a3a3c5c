/** Why a head is not used. Every one leaves the last good head in force. */
export type HeadRefusal =
  | "malformed"
  | "header_not_allowed"
  | "alg_not_allowed"
  | "wrong_typ"
  | "unknown_key"
  | "key_not_pinned"
  | "bad_signature"
  | "wrong_iss"
  | "wrong_sub"
  | "unknown_version"
  | "unknown_critical_claim"
  | "expired"
  | "issued_in_future"
  | "rollback"
  | "equivocation";

/** A head was read and refused; `sentence` is for the operator's log. */
export class HeadRefused extends Error {
  readonly code: HeadRefusal;

  constructor(code: HeadRefusal, sentence: string) {
    super(sentence);
    this.name = "HeadRefused";
    this.code = code;
  }
}
