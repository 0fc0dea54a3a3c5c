import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listJournalOf } from "#lib/db/queries/listJournalOf.ts";

export interface HistoryLine {
  readonly seq: number;
  readonly at: Instant;
  readonly who: string;
  readonly action: string;
  /** The reason or the gist of it, when the line holds one. */
  readonly note: string | null;
  readonly request: number | null;
}

/** The newest journal lines about a client. */
export async function clientHistory(db: Read, id: string, limit = 100): Promise<HistoryLine[]> {
  const rows = await listJournalOf(db, [id], limit);
  return rows.map((row) => {
    const { detail = {} } = JSON.parse(row.bytes) as { detail?: Record<string, unknown> };
    const note = [detail["reason"], detail["why"], grown(detail["grown"]), detail["purpose"]].find(
      (each) => typeof each === "string" && each !== "",
    );
    return {
      seq: row.seq,
      at: row.at,
      who: row.actorName,
      action: row.action,
      note: typeof note === "string" ? visibleText(note, 300) : null,
      request: typeof detail["number"] === "number" ? detail["number"] : null,
    };
  });
}

function grown(value: unknown): string {
  return Array.isArray(value) ? value.map((each) => String(each)).join(" ") : "";
}
