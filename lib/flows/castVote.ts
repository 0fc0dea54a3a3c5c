import { z } from "zod";
import type { Actor, PersonActor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { tallyVotes, type CountedVote } from "#lib/core/review/tallyVotes.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { approveClient } from "./approveClient.ts";
import { judgeRisk } from "./judgeRisk.ts";
import { note } from "./note.ts";
import { requireClient } from "./requireClient.ts";

const voteInput = z.object({
  number: z.coerce.number().int(),
  verdict: z.enum(["approve", "deny"]),
  reason: reasonInput,
  /** Digest of the snapshot the person looked at. */
  digest: z.string().min(1),
});

export interface VoteOutcome {
  readonly state: "open" | "approved" | "denied";
  readonly votesMissing: number;
  /** Why the vote did not decide yet, when it is not only the number. */
  readonly obstacle?: string;
}

/** One person's verdict on a request, bound to the document they saw. The last vote needed decides in the same transaction. */
export async function castVote(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof voteInput>,
): Promise<VoteOutcome> {
  if (actor.kind !== "person") throw new Refusal("not_allowed", "Only people vote.");
  const asked = parseInput(voteInput, input);
  return ctx.db.transaction(async (tx) => {
    const request = await find(tx, "request", { number: asked.number });
    if (!request) throw new Refusal("not_found", `There is no request ${asked.number}.`);
    const client = await requireClient(tx, request.clientRowId);
    const snapshot = await find(tx, "snapshot", { id: request.snapshotId });
    if (!snapshot) throw new Error(`Request ${request.number} names a snapshot that does not exist.`);
    await refuseVote(ctx, tx, actor, asked, request, client, snapshot);

    await storeVote(ctx, tx, actor, asked, request);
    await note(ctx, tx, actor, {
      action: `vote.${asked.verdict}`,
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: {
        number: request.number,
        digest: snapshot.digest,
        reason: asked.reason,
        solo: ctx.config.solo || undefined,
      },
    });
    const risk = await judgeRisk(tx, { ...client, ...request, metadata: snapshot.metadata });
    const tally = tallyVotes(await countedVotes(ctx, tx, request, client), {
      digest: snapshot.digest,
      required: Math.max(request.requiredVotes, requiredVotes(risk.tier, request.requestedBy !== null)),
      tier: risk.tier,
      solo: ctx.config.solo,
    });
    if (tally.state === "denied") await denyRequest(ctx, tx, actor, request, client, asked.reason);
    if (tally.state === "approved") await approveClient(ctx, tx, actor, request, client, snapshot, risk);
    return { state: tally.state, votesMissing: tally.missing, obstacle: tally.obstacle };
  });
}

async function refuseVote(
  ctx: Context,
  tx: Read,
  actor: PersonActor,
  asked: z.output<typeof voteInput>,
  request: Row<"request">,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
): Promise<void> {
  const subject = { ...request, lastEditedBy: client.lastEditedBy, digest: snapshot.digest };
  const own = await find(tx, "vote", { requestId: request.id, personId: actor.id, digest: snapshot.digest });
  if (own && own.voidedAt === null)
    throw new Refusal("conflict", "You already voted on this document. Your vote counts once.");
  const refused = mayVote(actor, subject, asked.digest, ctx.config.solo);
  if (refused) {
    const code =
      refused.obstacle === "document_changed"
        ? "stale"
        : refused.obstacle === "closed"
          ? "conflict"
          : "not_allowed";
    throw new Refusal(code, refused.sentence);
  }
  if (request.expiresAt <= ctx.clock()) throw new Refusal("conflict", "This request has run out. Ask again.");
  if (asked.verdict === "deny") return;
  if (snapshot.errors > 0) {
    const first = snapshot.results.find((result) => result.severity === "error");
    throw new Refusal(
      "not_ready",
      `This document is invalid and cannot be approved: ${first?.message ?? ""}`,
    );
  }
  if (
    snapshot.metadata.token_endpoint_auth_method === "private_key_jwt" &&
    !snapshot.keys.some((key) => key.jkt)
  )
    throw new Refusal(
      "not_ready",
      "The client signs with a key, but its key set could not be read, so nothing could be pinned. Fetch it again, then vote.",
    );
  if (client.liveSnapshotId !== snapshot.id)
    throw new Refusal(
      "stale",
      "The live document is no longer the one you looked at. Look again, then vote: your reason is kept.",
    );
}

/** A document that came back after votes on it were voided is voted on anew: the voided vote gives way. */
async function storeVote(
  ctx: Context,
  tx: Write,
  actor: PersonActor,
  { verdict, reason, digest }: z.output<typeof voteInput>,
  request: Row<"request">,
): Promise<void> {
  const place = { requestId: request.id, personId: actor.id, digest };
  const said = { verdict, reason, at: ctx.clock(), voidedAt: null };
  if ((await update(tx, "vote", place, said)) === 0)
    await insert(tx, "vote", { id: ctx.newId(), ...place, ...said });
}

/** Votes that stand, with the role and teams their people have now; those who could not vote now do not count. */
async function countedVotes(
  ctx: Context,
  tx: Read,
  request: Row<"request">,
  client: Row<"client">,
): Promise<CountedVote[]> {
  const counted: CountedVote[] = [];
  for (const vote of await findAll(tx, "vote", { requestId: request.id, voidedAt: null })) {
    const person = await find(tx, "person", { id: vote.personId });
    if (!person?.active) continue;
    const teamIds = (await findAll(tx, "membership", { personId: person.id })).map((each) => each.teamId);
    const subject = { ...request, lastEditedBy: client.lastEditedBy, digest: vote.digest };
    if (mayVote({ kind: "person", ...person, teamIds }, subject, vote.digest, ctx.config.solo)) continue;
    counted.push({ ...vote, role: person.role, teamIds });
  }
  return counted;
}

async function denyRequest(
  ctx: Context,
  tx: Write,
  actor: PersonActor,
  request: Row<"request">,
  client: Row<"client">,
  reason: string,
): Promise<void> {
  const now = ctx.clock();
  await update(
    tx,
    "request",
    { id: request.id },
    { state: "denied", decidedAt: now, decidedReason: reason, revision: request.revision + 1 },
  );
  // Only a first approval decides about the client itself; a denied change leaves the approved copy as it was.
  if (request.kind === "approve")
    await update(
      tx,
      "client",
      { id: client.id },
      {
        lifecycle: "denied",
        lifecycleReason: reason,
        lifecycleAt: now,
        updatedAt: now,
        revision: client.revision + 1,
      },
    );
  await note(ctx, tx, actor, {
    action: "request.denied",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: { number: request.number, kind: request.kind, reason },
  });
}
