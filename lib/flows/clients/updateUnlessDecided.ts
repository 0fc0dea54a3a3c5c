import { Refusal } from "#lib/core/Refusal.ts";
import type { Write } from "#lib/db/Database.ts";
import { update, type Row } from "#lib/db/rows.ts";

/** Writes what a look showed. When somebody decided about the client meanwhile, the look gives way and is taken again. */
export async function updateUnlessDecided(
  tx: Write,
  { id, revision }: Row<"client">,
  news: Partial<Row<"client">>,
): Promise<void> {
  if ((await update(tx, "client", { id, revision }, news)) === 0)
    throw new Refusal("conflict", "Somebody decided about this client just now. Fetch it again.");
}
