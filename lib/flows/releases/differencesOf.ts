import type { TrieChange } from "#lib/core/allowlist/planRevision.ts";
import { renderEntry, triePath } from "#lib/core/allowlist/trieNode.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { entriesOfClients, removeEntries } from "#lib/db/queries/listedEntries.ts";
import { upsertAll, type NewRow, type Row } from "#lib/db/rows.ts";
import { together } from "#lib/db/together.ts";
import type { CompiledClient } from "./compileList.ts";

/** What a list says of a client otherwise than it did. */
export interface Difference {
  readonly clientId: string;
  readonly path: string;
  /** What is kept of it; absent: nothing yet. */
  readonly known?: Pick<Row<"listEntry">, "id" | "path" | "entry">;
  /** Absent: the list no longer names the client. */
  readonly entry?: AllowlistEntry;
  readonly deniedAt: Instant | null;
  /** When it said so first, if that is not now. */
  readonly changedAt?: Instant;
}

/** Of what was compiled, that which differs from the entries kept of the last release. */
export async function differencesOf(
  db: Read,
  audienceId: string,
  compiled: readonly CompiledClient[],
): Promise<Difference[]> {
  const rows = await entriesOfClients(
    db,
    audienceId,
    compiled.map(({ client }) => client.clientId),
  );
  const before = new Map(rows.map((row) => [row.clientId, row]));
  return compiled.flatMap(({ client: { clientId }, entry, deniedAt = null }): Difference[] => {
    const known = before.get(clientId);
    if (!known && !entry) return [];
    const isSame = JSON.stringify(known?.entry) === JSON.stringify(entry);
    if (known?.path && isSame && (known.deniedAt === null) === (deniedAt === null)) return [];
    const changedAt = isSame ? known?.changedAt : undefined;
    return [{ clientId, path: triePath(clientId), known, entry, deniedAt, changedAt }];
  });
}

/** The same as changes of the tree. */
export function changesOfTree(differences: readonly Difference[]): TrieChange[] {
  return differences.map(({ clientId, path, known, entry }) => ({
    path,
    ...(known?.path ? { before: renderEntry([clientId, known.entry]).bytes } : {}),
    ...(entry ? { after: renderEntry([clientId, entry]) } : {}),
  }));
}

export async function saveEntries(
  ctx: Context,
  tx: Write,
  audienceId: string,
  differences: readonly Difference[],
  changedAt: Instant,
): Promise<void> {
  const fresh: NewRow<"listEntry">[] = [];
  for (const { known, entry, ...rest } of differences)
    if (entry)
      fresh.push({
        id: known?.id ?? ctx.newId(),
        audienceId,
        clientId: rest.clientId,
        path: rest.path,
        entry,
        deniedAt: rest.deniedAt,
        changedAt: rest.changedAt ?? changedAt,
      });
  const gone = differences.flatMap(({ known, entry }) => (known && !entry ? known.id : []));
  await together([removeEntries(tx, gone), upsertAll(tx, "listEntry", "id", fresh)]);
}
