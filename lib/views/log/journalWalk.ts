import { verifyJournalLine } from "#lib/core/journal/verifyJournalLine.ts";
import type { Read } from "#lib/db/Database.ts";
import { listJournalAfter } from "#lib/db/queries/listJournalAfter.ts";
import type { Row } from "#lib/db/rows.ts";

const atOnce = 1_000;

/** The journal line by line, each verified against the one before. */
export interface JournalWalk {
  /** The last line that held; undefined before the first. */
  readonly last: { readonly seq: number; readonly hash: string } | undefined;
  /** The next line, or what is wrong with it; neither at the end. */
  next(): Promise<{ readonly line?: Row<"journal">; readonly fault?: string }>;
}

export function journalWalk(db: Read): JournalWalk {
  let ahead: Row<"journal">[] = [];
  let last: Row<"journal"> | undefined;
  return {
    get last() {
      return last;
    },
    async next() {
      if (ahead.length === 0) ahead = (await listJournalAfter(db, last?.seq ?? 0, atOnce)).reverse();
      const line = ahead.pop();
      if (!line) return {};
      const fault = verifyJournalLine(line, last);
      if (fault) return { fault };
      last = line;
      return { line };
    },
  };
}
