import type { NewRow } from "#lib/db/rows.ts";
import type { FindingAction } from "./noteFinding.ts";

/** What an act of triage makes of a finding. */
export interface Decided {
  readonly change: Partial<NewRow<"finding">>;
  readonly action: FindingAction;
  /** Goes into journal and event beside what they always say. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Leaves the findings it speaks for as they are. */
  readonly aloneOnly?: boolean;
}
