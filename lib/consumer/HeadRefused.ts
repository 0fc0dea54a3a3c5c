import type { HeaderFault } from "./readHeader.ts";

/** Why a head is not used. Every one leaves the last good head in force. */
export type HeadRefusal =
  | HeaderFault
  | "unknown_key"
  | "key_not_pinned"
  | "bad_signature"
  | "wrong_iss"
  | "wrong_sub"
  | "unknown_version"
  | "unknown_critical_claim"
  | "expired"
  | "issued_in_future"
  /** More than seven days from `iat` to `exp`. */
  | "lives_too_long"
  | "rollback"
  | "equivocation"
  /** Another epoch than the key set's: only the root begins a new one. */
  | "wrong_epoch"
  | "key_revoked"
  /** The newest root-signed key set has expired: no new head is taken. */
  | "key_set_expired"
  /** The log became shorter, or has two trees of one size: someone is shown another log. */
  | "log_rollback"
  | "log_split";

/** A head was read and refused; `sentence` is for the operator's log. */
export class HeadRefused extends Error {
  readonly code: HeadRefusal;

  constructor(code: HeadRefusal, sentence: string) {
    super(sentence);
    this.name = "HeadRefused";
    this.code = code;
  }
}
