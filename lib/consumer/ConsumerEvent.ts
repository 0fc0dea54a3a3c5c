import type { Decision, Question } from "./Decision.ts";
import type { LatestHead } from "./wire.ts";

/** What a consumer tells its operator. `alarm` events deserve a person. */
export type ConsumerEvent =
  | { readonly type: "activated"; readonly epoch: number; readonly seq: number; readonly rev: number }
  /** A mirror: the new head is in force, its denies too, but its objects are not all here; the old tree stays. */
  | { readonly type: "partial"; readonly code: string; readonly sentence: string; readonly seq: number }
  /** A head was read and refused; the last good one stays. */
  | {
      readonly type: "refused";
      readonly code: string;
      readonly sentence: string;
      readonly alarm: boolean;
      /** The refused compact string, for evidence. */
      readonly head: string;
    }
  /** The newest head stopped counting before its time: everything is denied until another is verified. */
  | {
      readonly type: "lapsed";
      readonly code: string;
      readonly sentence: string;
      readonly seq: number;
      readonly alarm: true;
    }
  /** Level 1: what was remembered counts no more, for its key left the publisher's key set; a head began anew. */
  | {
      readonly type: "position_reset";
      /** The key that was withdrawn. */
      readonly kid: string;
      readonly from: { readonly epoch: number; readonly seq: number };
      readonly to: { readonly epoch: number; readonly seq: number };
      readonly alarm: true;
    }
  /** Level 2: a newer root-signed key set is in use. */
  | { readonly type: "keys_activated"; readonly version: number; readonly epoch: number }
  /** Level 2: a key set was read and refused; the last good one stays. `keySet` is the evidence. */
  | {
      readonly type: "keys_refused";
      readonly code: string;
      readonly sentence: string;
      readonly alarm: boolean;
      readonly keySet: string;
    }
  /** Level 2: no new head is taken until the root signed again; the last good one goes on until its own end. */
  | { readonly type: "key_set_expired"; readonly version: number; readonly exp: number }
  /** Level 2: a head names a key set that could not be had: an old copy on the way, or one that is withheld. */
  | { readonly type: "keys_behind"; readonly known: number; readonly named: number }
  | { readonly type: "fetch_failed"; readonly code: string; readonly sentence: string }
  | { readonly type: "store_failed"; readonly sentence: string }
  /** No check succeeded for three times `ttl`; decisions go on until the head expires. */
  | { readonly type: "stale"; readonly checkedAt: number | null }
  /** Pin of the enrolment string: it named no key of the key set, so it had no effect. */
  | { readonly type: "pin_unused"; readonly pin: string }
  /** A lookup could not be answered because an object could not be had. */
  | {
      readonly type: "unavailable";
      readonly clientId: string;
      readonly code: string;
      readonly sentence: string;
    }
  /** Report-only mode: this question would have been refused. */
  | { readonly type: "would_deny"; readonly question: Question; readonly decision: Decision }
  | { readonly type: "status_failed"; readonly code: string; readonly sentence: string }
  /** What was asked could not be reported; it is kept and sent with the next report. */
  | { readonly type: "sightings_failed"; readonly code: string; readonly sentence: string }
  /** What the publisher says is newest, compared with what this consumer runs. */
  | {
      readonly type: "behind" | "frozen_path" | "ahead" | "divergent";
      readonly latest: LatestHead;
      readonly mine: LatestHead;
      readonly alarm: boolean;
    };
