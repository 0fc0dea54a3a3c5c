import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { purposeInput, sponsorInput, teamInput } from "#lib/core/clientInput.ts";
import { day } from "#lib/core/Instant.ts";
import { requirePermission } from "#lib/core/may.ts";
import { constraintsInput, namespaceDaysInput } from "#lib/core/namespace/constraintsInput.ts";
import { hostFault } from "#lib/core/namespace/hostFault.ts";
import { parsePattern, type ParsedPattern } from "#lib/core/namespace/parsePattern.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { nameInput, reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { nextNamespaceNumber } from "#lib/db/queries/nextNumber.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { noteNamespace } from "./noteNamespace.ts";
import { requireGrants } from "#lib/flows/clients/requireGrants.ts";
import { voidNamespaceVotes } from "./voidNamespaceVotes.ts";

const proposeInput = z.object({
  pattern: z.string({ error: "Enter a pattern." }).trim().max(4_096),
  name: nameInput,
  ownerTeamId: teamInput,
  sponsor: sponsorInput,
  purpose: purposeInput,
  constraints: constraintsInput,
  validDays: namespaceDaysInput.default(180),
  reason: reasonInput,
});

const askAgainAfter = 30 * day;

/**
 * Asks to admit every client a publisher makes under a pattern. Two people other than the one who asks decide. One that
 * was denied may be asked for again after 30 days, one that was withdrawn or retired at once.
 */
export async function proposeNamespace(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof proposeInput>,
): Promise<{ number: number }> {
  requirePermission(actor, "register");
  if (actor.kind !== "person")
    throw new Refusal("not_allowed", "A person asks for a namespace: somebody has to answer for it.");
  const asked = parseInput(proposeInput, input);
  const { host } = requirePattern(asked.pattern);
  const number = await ctx.db.transaction(async (tx) => {
    const known = await find(tx, "namespace", { pattern: asked.pattern });
    refuseKnown(known, ctx.clock());
    if (!(await find(tx, "team", { id: asked.ownerTeamId })))
      throw new Refusal("invalid_input", "There is no such team.", { ownerTeamId: "Choose a team." });
    await requireGrants(tx, asked.constraints.grants);
    const now = ctx.clock();
    const { pattern, name, ownerTeamId, sponsor, purpose, constraints, validDays, reason } = asked;
    const facts = {
      pattern,
      host,
      name,
      ownerTeamId,
      sponsor,
      purpose,
      constraints,
      validDays,
      reason,
      state: "pending" as const,
      requestedBy: actor.id,
      requestedAt: now,
      stateAt: now,
      proposed: null,
    };
    const row = known
      ? { ...known, ...facts, revision: known.revision + 1 }
      : { id: ctx.newId(), number: await nextNamespaceNumber(tx), ...facts, revision: 1 };
    if (known) {
      await voidNamespaceVotes(ctx, tx, known.id);
      await update(tx, "namespace", { id: known.id }, row);
    } else await insert(tx, "namespace", row);
    await noteNamespace(ctx, tx, actor, row, "proposed", { constraints, validDays, purpose, reason });
    return row.number;
  });
  return { number };
}

function requirePattern(pattern: string): ParsedPattern {
  const { parsed, fault } = parsePattern(pattern);
  const why = fault ?? hostFault(parsed?.host ?? "");
  if (why !== undefined || !parsed)
    throw new Refusal("invalid_input", why ?? "This is no pattern.", { pattern: why ?? "" });
  return parsed;
}

function refuseKnown(known: Row<"namespace"> | undefined, now: number): void {
  if (!known || known.state === "withdrawn" || known.state === "retired") return;
  if (known.state === "denied" && known.stateAt + askAgainAfter <= now) return;
  throw new Refusal(
    "conflict",
    known.state === "denied"
      ? `Namespace ${known.number} has this pattern and was denied. It may be asked for again 30 days later.`
      : `Namespace ${known.number} has this pattern already. Propose a change of it instead.`,
    { pattern: `Namespace ${known.number} has it.` },
  );
}
