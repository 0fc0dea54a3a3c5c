import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import { reviewChange, type ReviewedChange } from "#lib/core/review/reviewChange.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { driftFactsOf } from "#lib/db/queries/driftFactsOf.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

export interface ReviewedRequest extends ReviewedChange {
  /** The copy that was approved before. */
  readonly base: Row<"snapshot">;
  readonly except: readonly Exclusion[];
  readonly facts: DriftFacts;
}

/**
 * What a request changes, taken apart: against the approved copy while it is open, and against the copy that was
 * approved before it once it is decided. Undefined where nothing was approved before.
 */
export async function reviewedRequest(
  db: Read,
  now: Instant,
  request: Row<"request">,
  client: Row<"client">,
  asked: Row<"snapshot">,
): Promise<ReviewedRequest | undefined> {
  const { snapshotId, except } = await baseOf(db, request, client);
  const base = snapshotId ? await find(db, "snapshot", { id: snapshotId }) : undefined;
  if (!base) return undefined;
  const facts = await driftFactsOf(db, now, client, base, asked);
  const { clientId } = client;
  return { ...reviewChange({ clientId, approved: base, asked, except, facts }), base, except, facts };
}

async function baseOf(
  db: Read,
  request: Row<"request">,
  client: Row<"client">,
): Promise<{ snapshotId: string | null; except: readonly Exclusion[] }> {
  if (request.state === "open")
    return { snapshotId: client.approvedSnapshotId, except: client.approvedExcept ?? [] };
  const approved = await findAll(db, "request", { clientRowId: client.id, state: "approved" });
  const [earlier] = approved
    .filter(({ id, decidedAt }) => id !== request.id && (decidedAt ?? 0) <= (request.decidedAt ?? Infinity))
    .sort((a, b) => b.number - a.number);
  return { snapshotId: earlier?.snapshotId ?? null, except: earlier?.excluded ?? [] };
}
