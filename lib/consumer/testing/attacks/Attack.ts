import type { Stage, StageOptions } from "./stage.ts";

/** One thing that can be done to a consumer, and what has to come of it. */
export interface Attack {
  /** The situation of docs/allowlist.md §6 it belongs to. */
  readonly row: string;
  readonly attack: string;
  /** What `run` gives when the consumer does what it should. */
  readonly expected: string;
  /** Plays it on a fresh stage; gives what the consumer did, in the words of `said` and `decided`. */
  readonly run: (stage: Stage) => Promise<string>;
  readonly stage?: StageOptions;
}
