import type { Read } from "#lib/db/Database.ts";
import { listJournalAfter } from "#lib/db/queries/listJournalAfter.ts";

/** The journal as UTF-8 JSON lines, oldest first, read in slices: `seq`, the hashed `bytes`, `prevHash`, `hash`. */
export async function* exportJournal(db: Read): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let seq = 0; ;) {
    const lines = await listJournalAfter(db, seq, 500);
    if (lines.length === 0) return;
    seq = lines.at(-1)?.seq ?? seq;
    const text = lines.map(({ seq: number, bytes, prevHash, hash }) =>
      JSON.stringify({ seq: number, bytes, prevHash, hash }),
    );
    yield encoder.encode(`${text.join("\n")}\n`);
  }
}
