import { z } from "zod";
import type { Actor, PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { voteSubject } from "#lib/core/namespace/voteSubject.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { tallyVotes, type CountedVote } from "#lib/core/review/tallyVotes.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { adoptChildren } from "./adoptChildren.ts";
import { limitNamespaces } from "./limitNamespaces.ts";
import { noteNamespace } from "./noteNamespace.ts";
import { requireNamespace } from "./requireNamespace.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { voidNamespaceVotes } from "./voidNamespaceVotes.ts";

const voteInput = z.object({
  number: z.coerce.number().int(),
  verdict: z.enum(["approve", "deny"]),
  reason: reasonInput,
  /** Digest of the pattern and constraints the person looked at. */
  digest: z.string().min(1),
});

export interface NamespaceVoteOutcome {
  readonly state: "open" | "approved" | "denied";
  readonly votesMissing: number;
  readonly obstacle?: string;
}

/**
 * One person's verdict on a namespace, bound to the pattern and constraints they saw. Two people approve, neither of them
 * the one who asked; one denies. The last vote needed decides in the same transaction.
 */
export async function voteOnNamespace(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof voteInput>,
): Promise<NamespaceVoteOutcome> {
  if (actor.kind !== "person") throw new Refusal("not_allowed", "Only people vote.");
  const { number, verdict, reason, digest } = parseInput(voteInput, input);
  return ctx.db.transaction(async (tx) => {
    const namespace = await requireNamespace(tx, number);
    refuseVote(ctx, actor, namespace, digest);
    const own = { namespaceId: namespace.id, personId: actor.id, voidedAt: null };
    const earlier = await find(tx, "namespaceVote", own);
    if (earlier?.digest === digest && earlier.verdict === verdict)
      throw new Refusal("conflict", "You already voted so. Your vote counts once.");
    const now = ctx.clock();
    if (earlier) await update(tx, "namespaceVote", own, { voidedAt: now });
    const vote = { id: ctx.newId(), namespaceId: namespace.id, personId: actor.id, verdict, reason, digest };
    await insert(tx, "namespaceVote", { ...vote, at: now, voidedAt: null });
    const solo = ctx.config.solo || undefined;
    await noteNamespace(ctx, tx, actor, namespace, `vote_${verdict}`, { digest, reason, solo });
    const tally = tallyVotes(await countedVotes(ctx, tx, namespace), {
      digest,
      required: requiredVotes("high", undefined),
      tier: "high",
      solo: ctx.config.solo,
      personId: actor.id,
    });
    if (tally.state === "denied") await deny(ctx, tx, actor, namespace, reason);
    if (tally.state === "approved") await approve(ctx, tx, actor, namespace);
    return { state: tally.state, votesMissing: tally.missing, obstacle: tally.obstacle };
  });
}

function refuseVote(ctx: Context, actor: PersonActor, namespace: Row<"namespace">, seen: string): void {
  const refused = mayVote(actor, voteSubject(namespace), seen, ctx.config.solo);
  if (!refused) return;
  if (refused.obstacle === "document_changed")
    throw new Refusal(
      "stale",
      "What is asked for changed while you were reading. Look at it again, then vote: your reason is kept.",
    );
  if (refused.obstacle === "closed")
    throw new Refusal("conflict", "Nothing about this namespace waits for votes.");
  throw new Refusal("not_allowed", refused.sentence);
}

/** Votes that stand, with the role and teams their people have now; those who could not vote now do not count. */
async function countedVotes(ctx: Context, tx: Read, namespace: Row<"namespace">): Promise<CountedVote[]> {
  const counted: CountedVote[] = [];
  for (const vote of await findAll(tx, "namespaceVote", { namespaceId: namespace.id, voidedAt: null })) {
    const person = await find(tx, "person", { id: vote.personId });
    if (!person?.active) continue;
    const teamIds = (await findAll(tx, "membership", { personId: person.id })).map((each) => each.teamId);
    const subject = { ...voteSubject(namespace), digest: vote.digest };
    if (mayVote({ kind: "person", ...person, teamIds }, subject, vote.digest, ctx.config.solo)) continue;
    counted.push({ ...vote, name: person.name, role: person.role, teamIds });
  }
  return counted;
}

async function approve(ctx: Context, tx: Write, actor: Actor, namespace: Row<"namespace">): Promise<void> {
  const now = ctx.clock();
  const { id, pattern, validDays, proposed } = namespace;
  const constraints = proposed ?? namespace.constraints;
  await update(
    tx,
    "namespace",
    { id },
    {
      state: "approved",
      stateAt: now,
      constraints,
      proposed: null,
      approvedAt: now,
      validUntil: now + validDays * day,
      fullAt: null,
      revision: namespace.revision + 1,
    },
  );
  await voidNamespaceVotes(ctx, tx, id);
  await noteNamespace(ctx, tx, actor, namespace, "approved", { constraints, validDays });
  await adoptChildren(tx, namespace.host);
  await limitNamespaces(ctx, tx, [id]);
  await scheduleRelease(ctx, tx, `approved ${pattern}`, ctx.config.approvalDelayMs, []);
}

/** What was approved before stays as it is: only what was asked for is denied. */
async function deny(
  ctx: Context,
  tx: Write,
  actor: Actor,
  namespace: Row<"namespace">,
  reason: string,
): Promise<void> {
  const pending = namespace.state === "pending";
  await update(
    tx,
    "namespace",
    { id: namespace.id },
    {
      proposed: null,
      ...(pending ? { state: "denied" as const, stateAt: ctx.clock(), reason } : {}),
      revision: namespace.revision + 1,
    },
  );
  await voidNamespaceVotes(ctx, tx, namespace.id);
  await noteNamespace(ctx, tx, actor, namespace, "denied", { reason });
}
