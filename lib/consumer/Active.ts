import type { Remembered } from "./Remembered.ts";
import type { HeadClaims } from "./wire.ts";

/** The head in force, and what is remembered of it. */
export interface Active {
  readonly claims: HeadClaims;
  readonly remembered: Remembered;
  /** The key that signed it. */
  readonly kid: string;
}
