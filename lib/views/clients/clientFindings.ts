import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { findingsOfClient } from "#lib/db/queries/pageOfFindings.ts";
import { findingLines, type FindingLine } from "#lib/views/findings/findingLine.ts";

export interface ClientFindings {
  /** Open, acknowledged and snoozed. */
  readonly standing: readonly FindingLine[];
  /** Dismissed, waived and resolved, newest first. */
  readonly settled: readonly FindingLine[];
  readonly cut: boolean;
}

const most = 300;

/** Everything that was ever found about a client, those that a finding about its host speaks for included. */
export async function clientFindings(db: Read, now: Instant, clientRowId: string): Promise<ClientFindings> {
  const rows = await findingsOfClient(db, clientRowId, most);
  const lines = await findingLines(db, rows, now);
  const stands = (line: FindingLine) => ["open", "acknowledged", "snoozed"].includes(line.state);
  return {
    standing: lines.filter(stands),
    settled: lines
      .filter((line) => !stands(line))
      .sort((a, b) => (b.settledAt ?? b.lastSeenAt) - (a.settledAt ?? a.lastSeenAt)),
    cut: rows.length === most,
  };
}
