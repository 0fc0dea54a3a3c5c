import type { Read } from "#lib/db/Database.ts";
import { listJournalAfter } from "#lib/db/queries/listJournalAfter.ts";

/** One line of the export. SHA-256 of `bytes` is `hash`; `bytes` names the hash of the line before as `prev`. */
export interface ExportedLine {
  readonly seq: number;
  readonly hash: string;
  readonly prev_hash: string;
  /** The exact text that was hashed: JSON with who, what and when. */
  readonly bytes: string;
}

/** The journal from after `after` to its end, in order, read a piece at a time. */
export async function* exportJournal(db: Read, after = 0): AsyncGenerator<ExportedLine> {
  for (let last = after; ;) {
    const lines = await listJournalAfter(db, last, 500);
    if (lines.length === 0) return;
    for (const { seq, hash, prevHash, bytes } of lines) {
      yield { seq, hash, prev_hash: prevHash, bytes };
      last = seq;
    }
  }
}
