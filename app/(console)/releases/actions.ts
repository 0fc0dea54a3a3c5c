"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { holdRelease } from "#lib/flows/releases/holdRelease.ts";
import { letGoOfRelease } from "#lib/flows/releases/letGoOfRelease.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

export async function rollBack(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    holdRelease(await context(), await requireActor(), {
      audienceId: String(form.get("audienceId")),
      epoch: Number(form.get("epoch")),
      rev: Number(form.get("rev")),
      reason: String(form.get("reason") ?? ""),
    }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}

export async function endRollback(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    letGoOfRelease(await context(), await requireActor(), {
      audienceId: String(form.get("audienceId")),
      keep: form.get("what") === "keep",
    }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}
