import type { HeaderFault } from "./readHeader.ts";

/** Why a root-signed key set is not taken. Every one leaves the last good key set in force. */
export type KeySetRefusal =
  | HeaderFault
  | "root_not_trusted"
  | "bad_signature"
  | "wrong_iss"
  | "wrong_sub"
  | "wrong_version"
  | "epoch_lowered"
  | "issued_in_future";

/** A key set was read and refused; `sentence` is for the operator's log. */
export class KeySetRefused extends Error {
  readonly code: KeySetRefusal;

  constructor(code: KeySetRefusal, sentence: string) {
    super(sentence);
    this.name = "KeySetRefused";
    this.code = code;
  }
}
