import type { Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { growthOf } from "#lib/core/review/selection.ts";
import { listVotes } from "#lib/db/queries/listVotes.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import type { RequestState } from "#lib/db/schema.ts";
import { reviewedRequest } from "./reviewedRequest.ts";

export interface RequestRecord extends Omit<
  Row<"request">,
  "id" | "clientRowId" | "snapshotId" | "revision" | "requestedBy"
> {
  readonly client: { readonly id: string; readonly clientId: string };
  /** Name of who asked; null when the system drafted it. */
  readonly requestedBy: string | null;
}

/** Requests of a state, or all, newest first, at most `limit`. */
export async function listRequestRecords(
  db: Read,
  state: RequestState | undefined,
  limit: number,
): Promise<RequestRecord[]> {
  const rows = await findAll(db, "request", state ? { state } : {});
  rows.sort((a, b) => b.number - a.number);
  return Promise.all(rows.slice(0, limit).map((row) => recordOf(db, row)));
}

/** One request with the digest that votes bind to and the votes cast. */
export async function requestRecord(db: Read, now: Instant, number: number) {
  const request = await find(db, "request", { number });
  if (!request) throw new Refusal("not_found", `There is no request ${number}.`);
  const snapshot = await find(db, "snapshot", { id: request.snapshotId });
  const votes = await listVotes(db, request.id);
  const client = await find(db, "client", { id: request.clientRowId });
  const reviewed =
    request.state === "open" && client && snapshot
      ? await reviewedRequest(db, now, request, client, snapshot)
      : undefined;
  return {
    ...(await recordOf(db, request)),
    digest: snapshot?.digest ?? "",
    errors: snapshot?.errors ?? 0,
    /** What is new since the last approval: each can be left out of an approval. */
    parts: growthOf(reviewed?.parts ?? []).map(({ member, value, severity }) => ({
      member,
      value,
      severity,
    })),
    votes: votes.map(({ vote, person }) => ({
      person: person.name,
      verdict: vote.verdict,
      reason: vote.reason,
      excluded: vote.excluded ?? [],
      digest: vote.digest,
      at: vote.at,
      voidedAt: vote.voidedAt,
    })),
  };
}

async function recordOf(db: Read, request: Row<"request">): Promise<RequestRecord> {
  const { id: _, clientRowId, snapshotId: __, revision: ___, requestedBy, ...facts } = request;
  const client = await find(db, "client", { id: clientRowId });
  const person = requestedBy ? await find(db, "person", { id: requestedBy }) : undefined;
  return {
    ...facts,
    excluded: facts.excluded ?? [],
    client: { id: clientRowId, clientId: client?.clientId ?? "" },
    requestedBy: person?.name ?? null,
  };
}
