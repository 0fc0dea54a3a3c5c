import { verifyJournalLine } from "#lib/core/journal/verifyJournalLine.ts";
import type { Read } from "#lib/db/Database.ts";
import { listJournalAfter } from "#lib/db/queries/listJournalAfter.ts";
import { find } from "#lib/db/rows.ts";

export interface JournalVerdict {
  readonly ok: boolean;
  readonly lines: number;
  /** Hash of the last line: keep it outside, and a later cut shows. */
  readonly head: string;
  readonly sentence: string;
}

/** Reads the whole journal and recomputes every hash; says the first line at which the chain does not hold. */
export async function verifyJournal(db: Read): Promise<JournalVerdict> {
  let before: { seq: number; hash: string } | undefined;
  for (;;) {
    const lines = await listJournalAfter(db, before?.seq ?? 0, 1_000);
    if (lines.length === 0) break;
    for (const line of lines) {
      const fault = verifyJournalLine(line, before);
      if (fault) return { ok: false, lines: before?.seq ?? 0, head: before?.hash ?? "", sentence: fault };
      before = line;
    }
  }
  const head = await find(db, "journalHead", { id: "journal" });
  const lines = before?.seq ?? 0;
  if ((head?.seq ?? 0) !== lines || (head?.hash ?? "") !== (before?.hash ?? ""))
    return {
      ok: false,
      lines,
      head: before?.hash ?? "",
      sentence: `The journal ends at line ${lines}, but its head says ${head?.seq ?? 0}: lines were cut off.`,
    };
  return {
    ok: true,
    lines,
    head: before?.hash ?? "",
    sentence:
      lines === 0 ? "The journal is empty." : `All ${lines} lines follow one another and none was changed.`,
  };
}
