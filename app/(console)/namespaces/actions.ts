"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { proposeNamespace } from "#lib/flows/namespaces/proposeNamespace.ts";
import { proposeNamespaceChange, renewNamespace } from "#lib/flows/namespaces/proposeNamespaceChange.ts";
import { retireNamespace, suspendNamespace } from "#lib/flows/namespaces/shrinkNamespace.ts";
import { voteOnNamespace } from "#lib/flows/namespaces/voteOnNamespace.ts";
import { withdrawNamespace } from "#lib/flows/namespaces/withdrawNamespace.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";
import { atField, readConstraints, textIn } from "./readConstraints.ts";

export async function propose(_previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const text = textIn(form);
  const proposed = await answer(async () =>
    proposeNamespace(await context(), await requireActor(), {
      pattern: text("pattern"),
      name: text("name"),
      ownerTeamId: text("ownerTeamId"),
      sponsor: text("sponsor"),
      purpose: text("purpose"),
      constraints: readConstraints(form),
      validDays: text("validDays"),
      reason: text("reason"),
    }),
  );
  if (!proposed.ok) return { ...proposed, fields: atField(proposed.fields) };
  revalidatePath("/", "layout");
  redirect(`/namespaces/${proposed.value.number}`);
}

export async function change(
  number: number,
  _previous: FormAnswer | null,
  form: FormData,
): Promise<FormAnswer> {
  const text = textIn(form);
  const changed = await answer(async () =>
    proposeNamespaceChange(await context(), await requireActor(), {
      number,
      constraints: readConstraints(form),
      validDays: text("validDays"),
      reason: text("reason"),
    }),
  );
  if (!changed.ok) return { ...changed, fields: atField(changed.fields) };
  revalidatePath("/", "layout");
  redirect(`/namespaces/${number}`);
}

export async function vote(
  number: number,
  _previous: FormAnswer<string> | null,
  form: FormData,
): Promise<FormAnswer<string>> {
  const text = textIn(form);
  const verdict = text("verdict");
  const voted = await answer(async () => {
    if (verdict !== "approve" && verdict !== "deny")
      throw new Refusal("invalid_input", "Choose what to do: approve or deny.");
    const [ctx, actor] = [await context(), await requireActor()];
    const { state, votesMissing, obstacle } = await voteOnNamespace(ctx, actor, {
      number,
      verdict,
      reason: text("reason"),
      digest: text("digest"),
    });
    if (state === "approved") return "Approved: the next release carries it";
    if (state === "denied") return "Denied";
    return obstacle ?? `Your vote is noted: ${votesMissing === 1 ? "one more is" : "more are"} needed`;
  });
  // A stale or lost race shows the newest state too.
  if (voted.ok || voted.code === "stale" || voted.code === "conflict") revalidatePath("/", "layout");
  return voted;
}

const deeds = {
  withdraw: withdrawNamespace,
  suspend: suspendNamespace,
  retire: retireNamespace,
  renew: renewNamespace,
};

/** Whatever needs a reason and nothing else, but the days of a renewal. */
export async function act(
  deed: keyof typeof deeds,
  number: number,
  _previous: FormAnswer | null,
  form: FormData,
): Promise<FormAnswer> {
  const text = textIn(form);
  const done = await answer(async () =>
    deeds[deed](await context(), await requireActor(), {
      number,
      reason: text("reason"),
      ...(deed === "renew" ? { validDays: text("validDays") } : {}),
    }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}
