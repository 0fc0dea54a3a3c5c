import type { Actor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { journalBytes } from "#lib/core/journal/journalBytes.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Write } from "../Database.ts";
import { find, insert, upsert } from "../rows.ts";
import { together } from "../together.ts";

export interface JournalEntry {
  /** A verb in the past, e.g. `client.suspended`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Notes who did what, chained to the line before. Part of the same transaction as the deed. */
export async function appendJournal(
  tx: Write,
  actor: Actor,
  at: Instant,
  entry: JournalEntry,
): Promise<void> {
  const last = await find(tx, "journalHead", { id: "journal" });
  const seq = (last?.seq ?? 0) + 1;
  const prevHash = last?.hash ?? "";
  const actorId = actor.kind === "system" ? null : actor.id;
  const bytes = journalBytes({
    seq,
    at,
    actor: { kind: actor.kind, id: actorId, name: actor.name },
    ...entry,
    prevHash,
  });
  const hash = sha256Hex(bytes);
  const line = insert(tx, "journal", {
    seq,
    at,
    actorKind: actor.kind,
    actorId,
    actorName: actor.name,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    subjectName: entry.subject.name,
    bytes,
    prevHash,
    hash,
  });
  await together([line, upsert(tx, "journalHead", "id", { id: "journal", seq, hash })]);
}
