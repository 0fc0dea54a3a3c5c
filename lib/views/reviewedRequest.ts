import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
import { reviewChange, type ReviewedChange } from "#lib/core/review/reviewChange.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** What a request changes, taken apart; undefined while nothing of the client is approved. */
export async function reviewedRequest(
  db: Read,
  client: Row<"client"> | undefined,
  asked: Row<"snapshot"> | undefined,
  facts?: DriftFacts,
): Promise<(ReviewedChange & { readonly approvedRow: Row<"snapshot"> }) | undefined> {
  const approvedRow = client?.approvedSnapshotId
    ? await find(db, "snapshot", { id: client.approvedSnapshotId })
    : undefined;
  if (!client || !asked || !approvedRow) return undefined;
  const except = client.approvedExcept ?? [];
  return {
    ...reviewChange({ clientId: client.clientId, approved: approvedRow, asked, except, facts }),
    approvedRow,
  };
}
