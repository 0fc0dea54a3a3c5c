import type { Read } from "#lib/db/Database.ts";
import { listLatestSeqs } from "#lib/db/queries/listLatestSeqs.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { findAll, type Row } from "#lib/db/rows.ts";

/** What the machines' door serves: every list with its newest head, and the keys heads are signed with. */
export interface ReleaseBoard {
  readonly lists: readonly { readonly audience: Row<"audience">; readonly head: Row<"head"> | undefined }[];
  readonly keys: readonly Record<string, unknown>[];
}

/** The board now. Heads that `known` already has are not read again. */
export async function releaseBoard(db: Read, known?: ReleaseBoard): Promise<ReleaseBoard> {
  const latest = await listLatestSeqs(db);
  const lists = [];
  for (const audience of await findAll(db, "audience")) {
    const before = known?.lists.find((list) => list.audience.id === audience.id)?.head;
    const now = latest.get(audience.id);
    const same = before && now && before.epoch === now.epoch && before.seq === now.seq;
    lists.push({ audience, head: same ? before : now && (await latestHead(db, audience.id)) });
  }
  const keys = (await findAll(db, "signingKey")).filter((key) =>
    ["next", "active", "retiring"].includes(key.state),
  );
  return { lists, keys: keys.map((key) => key.publicJwk) };
}
