import { and, desc, eq, like, lt, or, sql, type SQL } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

export interface JournalFilter {
  /** Occurs in the actor's name, the action, the subject's name or the bytes of the line. */
  readonly text?: string;
  /** The first word of the action, such as `client` or `release`. */
  readonly area?: string;
  readonly actorId?: string;
  readonly subjectId?: string;
  /** Only lines before this number. */
  readonly before?: number;
}

/** The lines that match, newest first. */
export async function searchJournal(
  db: Read,
  filter: JournalFilter,
  limit: number,
): Promise<Row<"journal">[]> {
  const { journal } = db.t;
  const conditions: (SQL | undefined)[] = [
    filter.before === undefined ? undefined : lt(journal.seq, filter.before),
    filter.area ? like(journal.action, `${filter.area}.%`) : undefined,
    filter.actorId ? eq(journal.actorId, filter.actorId) : undefined,
    filter.subjectId ? eq(journal.subjectId, filter.subjectId) : undefined,
    filter.text
      ? or(
          ...[journal.actorName, journal.action, journal.subjectName, journal.bytes].map(
            (column) =>
              sql`lower(${column}) like ${`%${escaped(filter.text?.toLowerCase() ?? "")}%`} escape '\\'`,
          ),
        )
      : undefined,
  ];
  return db.orm
    .select()
    .from(journal)
    .where(and(...conditions))
    .orderBy(desc(journal.seq))
    .limit(limit);
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
