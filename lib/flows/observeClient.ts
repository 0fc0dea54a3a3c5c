import type { Context } from "#lib/context.ts";
import type { Row } from "#lib/db/rows.ts";
import { observeDocument, type Observation } from "./observeDocument.ts";

/** What the network showed of a client of the inventory, and the snapshot that was live when it was asked. */
export interface Seen {
  readonly clientRowId: string;
  readonly before?: Row<"snapshot">;
  readonly observation: Observation;
}

/** Fetches the document of a client whose live snapshot is `before`, conditionally where that hides nothing. No database. */
export async function observeClient(
  ctx: Context,
  client: Row<"client">,
  before: Row<"snapshot"> | undefined,
): Promise<Seen> {
  // A document that names a key set is always read whole: a 304 would hide a change of its keys.
  const validators =
    before && !before.metadata.jwks_uri
      ? { etag: client.etag ?? undefined, lastModified: client.lastModified ?? undefined }
      : undefined;
  return { clientRowId: client.id, before, observation: await observeDocument(ctx, client, validators) };
}
