import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { listStandingCopies } from "#lib/db/queries/listUnreadClients.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

/** Copies of documents that cannot be read, waiting for a second person or vouched for, newest first. */
export async function standingCopies(db: Read) {
  return Promise.all((await listStandingCopies(db)).map((copy) => recordOf(db, copy)));
}

/** Every copy of one client's document, newest first. Refuses a client that is not in the inventory. */
export async function clientCopies(db: Read, clientRowId: string) {
  if (!(await find(db, "client", { id: clientRowId })))
    throw new Refusal("not_found", "This client is not in the inventory.");
  const copies = await findAll(db, "attestation", { clientRowId });
  return Promise.all(
    copies.toSorted((a, b) => b.uploadedAt - a.uploadedAt).map((copy) => recordOf(db, copy)),
  );
}

/** One copy with all that is to be compared: the text as it was uploaded, and what the checks say of it. */
export async function copyRecord(db: Read, id: string) {
  const copy = await find(db, "attestation", { id });
  if (!copy) throw new Refusal("not_found", "There is no such copy.");
  const snapshot = await find(db, "snapshot", { id: copy.snapshotId });
  return {
    ...(await recordOf(db, copy)),
    document: snapshot?.documentText ?? "",
    jkts: (snapshot?.keys ?? []).flatMap((key) => key.jkt ?? []),
    results: snapshot?.results ?? [],
  };
}

async function recordOf(db: Read, copy: Row<"attestation">) {
  const [client, snapshot, uploader, decider] = await Promise.all([
    find(db, "client", { id: copy.clientRowId }),
    find(db, "snapshot", { id: copy.snapshotId }),
    find(db, "person", { id: copy.uploadedBy }),
    copy.decidedBy ? find(db, "person", { id: copy.decidedBy }) : undefined,
  ]);
  return {
    id: copy.id,
    client: { id: copy.clientRowId, clientId: client?.clientId ?? "" },
    state: copy.state,
    snapshot: snapshot?.number ?? 0,
    digest: snapshot?.digest ?? "",
    errors: snapshot?.errors ?? 0,
    warnings: snapshot?.warnings ?? 0,
    isLive: client?.liveSnapshotId === copy.snapshotId,
    note: copy.note,
    uploader: uploader?.name ?? null,
    uploadedAt: copy.uploadedAt,
    decider: decider?.name ?? null,
    decidedAt: copy.decidedAt,
    decidedReason: copy.decidedReason,
    renewBy: copy.renewBy,
  };
}
