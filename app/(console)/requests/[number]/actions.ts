"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { blockClient, suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { withdrawRequest } from "#lib/flows/review/withdrawRequest.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { requireActor } from "../../../session.ts";

/** One decision with its reason: a vote on the document that was looked at, or trust taken away from the client. */
export async function decide(
  number: number,
  clientRowId: string,
  _previous: FormAnswer<string> | null,
  form: FormData,
): Promise<FormAnswer<string>> {
  const text = (name: string) => String(form.get(name) ?? "");
  const decision = text("decision");
  const reason = text("reason");
  const result = await answer(async () => {
    const [ctx, actor] = [await context(), await requireActor()];
    if (decision === "approve" || decision === "deny")
      return said(
        await castVote(ctx, actor, {
          number,
          verdict: decision,
          reason,
          digest: text("digest"),
          excluded: decision === "approve" ? notAccepted(form) : undefined,
        }),
        decision,
      );
    if (decision === "suspend") {
      await suspendClient(ctx, actor, { id: clientRowId, reason });
      return "Suspended: the next release refuses it";
    }
    if (decision === "block") {
      await blockClient(ctx, actor, { id: clientRowId, reason });
      return "Blocked: the next release refuses it";
    }
    throw new Refusal("invalid_input", "Choose what to do: approve, deny, suspend or block.");
  });
  // A stale or lost race shows the newest state too; the reason stays in its field.
  if (result.ok || result.code === "stale" || result.code === "conflict") revalidatePath("/", "layout");
  return result;
}

export async function withdraw(
  number: number,
  _previous: FormAnswer | null,
  form: FormData,
): Promise<FormAnswer> {
  const result = await answer(async () =>
    withdrawRequest(await context(), await requireActor(), {
      number,
      reason: String(form.get("reason") ?? ""),
    }),
  );
  if (result.ok) revalidatePath("/", "layout");
  return result;
}

/** What was offered beside a box that is not ticked. */
function notAccepted(form: FormData): { member: string; value?: string }[] {
  const ticked = new Set(form.getAll("accept"));
  const offered = z
    .array(z.object({ id: z.string(), member: z.string(), value: z.string().optional() }))
    .catch([])
    .parse(JSON.parse(String(form.get("offered") ?? "[]")));
  return offered.filter(({ id }) => !ticked.has(id)).map(({ member, value }) => ({ member, value }));
}

function said(
  outcome: { state: string; votesMissing: number; obstacle?: string },
  verdict: "approve" | "deny",
): string {
  if (outcome.state === "approved") return "Approved: the next release carries it";
  if (outcome.state === "denied") return "Denied";
  if (verdict === "deny") return "Your vote is noted";
  return (
    outcome.obstacle ??
    `Your vote is noted: ${outcome.votesMissing === 1 ? "one more is needed" : `${outcome.votesMissing} more are needed`}`
  );
}
