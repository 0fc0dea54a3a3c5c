import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { constraintsInput, namespaceDaysInput } from "#lib/core/namespace/constraintsInput.ts";
import type { NamespaceConstraints } from "#lib/core/namespace/Namespace.ts";
import { isNarrower, narrowerConstraints, sameConstraints } from "#lib/core/namespace/narrowerConstraints.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { limitNamespaces } from "./limitNamespaces.ts";
import { noteNamespace } from "./noteNamespace.ts";
import { requireGrants } from "#lib/flows/clients/requireGrants.ts";
import { requireNamespace } from "./requireNamespace.ts";
import { requireNamespaceSteward } from "./requireNamespaceSteward.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { voidNamespaceVotes } from "./voidNamespaceVotes.ts";

const changeInput = z.object({
  number: z.coerce.number().int(),
  constraints: constraintsInput,
  validDays: namespaceDaysInput.default(180),
  reason: reasonInput,
});

const renewInput = changeInput.omit({ constraints: true });

export interface NamespaceChangeOutcome {
  /** Something was taken away, and the next release says so. */
  readonly narrowed: boolean;
  /** Something waits for votes. */
  readonly waits: boolean;
}

/**
 * Proposes other constraints. What they take away acts at once: one person is enough. What they add waits for two people,
 * with everything else as it was proposed. Votes on an earlier proposal are void.
 */
export async function proposeNamespaceChange(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof changeInput>,
): Promise<NamespaceChangeOutcome> {
  const person = requirePerson(actor);
  const { number, constraints, validDays, reason } = parseInput(changeInput, input);
  return ctx.db.transaction(async (tx) => {
    const namespace = await requireNamespace(tx, number);
    requireNamespaceSteward(actor, namespace, "changes it");
    await requireGrants(tx, constraints.grants);
    if (namespace.state === "pending") {
      await editPending(ctx, tx, actor, namespace, { constraints, validDays, reason });
      return { narrowed: false, waits: true };
    }
    requireOnceApproved(namespace);
    if (sameConstraints(namespace.constraints, constraints))
      throw new Refusal("conflict", "These are the constraints it has. To prolong it, ask for a renewal.");
    const left = narrowerConstraints(namespace.constraints, constraints);
    const narrowed = !sameConstraints(left, namespace.constraints);
    const waits = !isNarrower(constraints, namespace.constraints);
    await voidNamespaceVotes(ctx, tx, namespace.id);
    await update(
      tx,
      "namespace",
      { id: namespace.id },
      {
        constraints: left,
        proposed: waits ? constraints : null,
        ...(waits ? { requestedBy: person.id, requestedAt: ctx.clock(), validDays, reason } : {}),
        revision: namespace.revision + 1,
      },
    );
    if (narrowed) {
      const detail = { before: namespace.constraints, after: left, reason };
      await noteNamespace(ctx, tx, actor, namespace, "narrowed", detail);
      await limitNamespaces(ctx, tx, [namespace.id]);
      await scheduleRelease(ctx, tx, `narrowed ${namespace.pattern}`, 0, []);
    }
    if (waits)
      await noteNamespace(ctx, tx, actor, namespace, "change_proposed", { constraints, validDays, reason });
    return { narrowed, waits };
  });
}

/** Asks to prolong an approval, or to lift a suspension, with the constraints as they are. Two people decide. */
export async function renewNamespace(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof renewInput>,
): Promise<void> {
  const person = requirePerson(actor);
  const { number, validDays, reason } = parseInput(renewInput, input);
  await ctx.db.transaction(async (tx) => {
    const namespace = await requireNamespace(tx, number);
    requireOnceApproved(namespace);
    if (namespace.proposed)
      throw new Refusal(
        "conflict",
        "A change of this namespace waits for votes already; it renews it as well.",
      );
    await voidNamespaceVotes(ctx, tx, namespace.id);
    await update(
      tx,
      "namespace",
      { id: namespace.id },
      {
        proposed: namespace.constraints,
        requestedBy: person.id,
        requestedAt: ctx.clock(),
        validDays,
        reason,
        revision: namespace.revision + 1,
      },
    );
    await noteNamespace(ctx, tx, actor, namespace, "renewal_asked", { validDays, reason });
  });
}

/** Only whoever asked edits what is asked for: whoever edits it cannot vote on it. */
async function editPending(
  ctx: Context,
  tx: Write,
  actor: Actor,
  namespace: Row<"namespace">,
  asked: { constraints: NamespaceConstraints; validDays: number; reason: string },
): Promise<void> {
  if (actor.kind !== "person" || namespace.requestedBy !== actor.id)
    throw new Refusal(
      "not_allowed",
      "Only the person who asked edits a proposal. Deny it, or ask for it to be withdrawn.",
    );
  await voidNamespaceVotes(ctx, tx, namespace.id);
  const revision = namespace.revision + 1;
  await update(tx, "namespace", { id: namespace.id }, { ...asked, requestedAt: ctx.clock(), revision });
  await noteNamespace(ctx, tx, actor, namespace, "edited", asked);
}

function requirePerson(actor: Actor) {
  requirePermission(actor, "register");
  if (actor.kind === "person") return actor;
  throw new Refusal("not_allowed", "A person asks: somebody has to answer for it.");
}

function requireOnceApproved({ state, number }: Row<"namespace">): void {
  if (state !== "approved" && state !== "suspended")
    throw new Refusal("conflict", `Namespace ${number} is ${state}. Propose it anew.`);
}
