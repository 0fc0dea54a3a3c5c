/**
 * How sending ended. `delivered`: the other side took it. `failed`: it may work later, and is tried again.
 * `refused`: trying again would change nothing.
 */
export interface Sent {
  readonly outcome: "delivered" | "failed" | "refused";
  /** Of an answer over HTTP or SMTP. */
  readonly status?: number;
  /** What happened, in plain words; holds nothing secret. */
  readonly sentence: string;
  /** The other side asked to wait: milliseconds. */
  readonly retryAfter?: number;
  /** The other side asked never to be sent anything again. */
  readonly switchOff?: boolean;
}
