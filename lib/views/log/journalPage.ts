import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { searchJournal, type JournalFilter } from "#lib/db/queries/searchJournal.ts";
import { find, type Row } from "#lib/db/rows.ts";

export interface JournalLineView {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  /** The reason or the number that went with it, in a few words. */
  readonly note: string;
  /** The exact text that was hashed. */
  readonly bytes: string;
  readonly hash: string;
}

export interface JournalPage {
  readonly now: Instant;
  readonly lines: readonly JournalLineView[];
  /** Where the next page starts, when there is one. */
  readonly next: number | null;
  readonly total: number;
  readonly headHash: string;
}

/** One page of the journal, newest first. */
export async function journalPage(
  db: Read,
  now: Instant,
  filter: JournalFilter,
  limit: number,
): Promise<JournalPage> {
  const [rows, head] = await Promise.all([
    searchJournal(db, filter, limit + 1),
    find(db, "journalHead", { id: "journal" }),
  ]);
  const shown = rows.slice(0, limit);
  return {
    now,
    lines: shown.map(view),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
    total: head?.seq ?? 0,
    headHash: head?.hash ?? "",
  };
}

function view(row: Row<"journal">): JournalLineView {
  return {
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actorKind, name: visibleText(row.actorName, 120) },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: visibleText(row.subjectName) },
    note: noteOf(row.bytes),
    bytes: visibleText(row.bytes, 20_000),
    hash: row.hash,
  };
}

function noteOf(bytes: string): string {
  const { detail = {} } = JSON.parse(bytes) as { detail?: Record<string, unknown> };
  const words: string[] = [];
  const finding = typeof detail["rule"] === "string";
  if (finding) words.push(visibleText(String(detail["rule"]), 80));
  else if (typeof detail["number"] === "number") words.push(`request ${detail["number"]}`);
  if (typeof detail["rev"] === "number") words.push(`release ${detail["rev"]}`);
  if (typeof detail["role"] === "string") words.push(detail["role"]);
  if (typeof detail["name"] === "string") words.push(visibleText(detail["name"], 80));
  for (const key of ["reason", "cause", "sentence", "why", "note"])
    if (typeof detail[key] === "string") words.push(`“${visibleText(detail[key], 160)}”`);
  return words.join(" · ");
}
