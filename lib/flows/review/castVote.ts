import { z } from "zod";
import type { Actor, PersonActor } from "#lib/core/Actor.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { sameSelection } from "#lib/core/review/selection.ts";
import { tallyVotes, type CountedVote } from "#lib/core/review/tallyVotes.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { approveClient } from "./approveClient.ts";
import { choosePartsOf, refuseSelection } from "./choosePartsOf.ts";
import { denyRequest } from "./denyRequest.ts";
import { judgeRisk } from "./judgeRisk.ts";
import { note } from "#lib/flows/note.ts";
import { refuseBlocked } from "./refuseBlocked.ts";
import { refuseVote } from "./refuseVote.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";

const voteInput = z.object({
  number: z.coerce.number().int(),
  verdict: z.enum(["approve", "deny"]),
  reason: reasonInput,
  /** Digest of the snapshot the person looked at. */
  digest: z.string().min(1),
  /** What an approval leaves out of a change: a value of a set, or a whole member. Absent: what was left out before. */
  excluded: z
    .array(z.object({ member: z.string().min(1).max(200), value: z.string().max(8_192).optional() }))
    .max(1_000)
    .optional(),
});

type VoteInput = z.output<typeof voteInput>;

export interface VoteOutcome {
  readonly state: "open" | "approved" | "denied";
  readonly votesMissing: number;
  /** Why the vote did not decide yet, when it is not only the number. */
  readonly obstacle?: string;
}

/**
 * One person's verdict on a request, bound to the document they saw. An approval of a change may leave out parts of what
 * is new; votes count together when they leave out the same. Voting again takes the place of one's own earlier vote. The
 * last vote needed decides in the same transaction.
 */
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
    refuseVote(ctx, actor, asked, request, client, snapshot);
    const chosen = await choosePartsOf(ctx, tx, client, snapshot, asked.excluded);
    if (asked.verdict === "approve") {
      await refuseBlocked(tx, request);
      await refuseSelection(tx, request, client, chosen);
    }
    const exclusions = asked.verdict === "approve" ? chosen.exclusions : [];

    await storeVote(ctx, tx, actor, asked, { request, client, exclusions });
    const risk = await judgeRisk(tx, { ...client, ...request, metadata: snapshot.metadata });
    const asker = await find(tx, "person", { id: request.requestedBy ?? "" });
    const tally = tallyVotes(await countedVotes(ctx, tx, request, client), {
      digest: snapshot.digest,
      required: Math.max(request.requiredVotes, requiredVotes(risk.tier, asker)),
      tier: risk.tier,
      solo: ctx.config.solo,
      personId: actor.id,
    });
    if (tally.state === "denied") await denyRequest(ctx, tx, actor, request, client, asked.reason);
    if (tally.state === "approved") {
      const accepted = await choosePartsOf(ctx, tx, client, snapshot, tally.excluded);
      await approveClient(ctx, tx, actor, { request, client, snapshot, ...accepted });
    }
    return { state: tally.state, votesMissing: tally.missing, obstacle: tally.obstacle };
  });
}

/** One standing vote per person: an earlier one is void, and stays for the record. */
async function storeVote(
  ctx: Context,
  tx: Write,
  actor: PersonActor,
  { verdict, reason, digest }: VoteInput,
  about: { request: Row<"request">; client: Row<"client">; exclusions: readonly Exclusion[] },
): Promise<void> {
  const { request, client, exclusions: excluded } = about;
  const now = ctx.clock();
  const own = { requestId: request.id, personId: actor.id, voidedAt: null };
  const [earlier] = await findAll(tx, "vote", own);
  if (
    earlier?.digest === digest &&
    earlier.verdict === verdict &&
    sameSelection(earlier.excluded ?? [], excluded)
  )
    throw new Refusal("conflict", "You already voted so on this document. Your vote counts once.");
  if (earlier) await update(tx, "vote", own, { voidedAt: now });
  await insert(tx, "vote", {
    id: ctx.newId(),
    requestId: request.id,
    personId: actor.id,
    verdict,
    reason,
    digest,
    excluded: excluded.length > 0 ? excluded : null,
    at: now,
    voidedAt: null,
  });
  await note(ctx, tx, actor, {
    action: `vote.${verdict}`,
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: {
      number: request.number,
      digest,
      reason,
      ...(excluded.length > 0 ? { excluded } : {}),
      ...(earlier ? { replaces: { verdict: earlier.verdict, excluded: earlier.excluded ?? [] } } : {}),
      solo: ctx.config.solo || undefined,
    },
  });
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
    counted.push({ ...vote, name: person.name, role: person.role, teamIds });
  }
  return counted;
}
