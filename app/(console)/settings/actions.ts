"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { issueToken, revokeToken } from "#lib/flows/people/issueToken.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

export async function makeToken(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    issueToken(await context(), await requireActor(), {
      name: String(form.get("name") ?? ""),
      role: String(form.get("role")) as "ci" | "reader" | "operator",
      days: String(form.get("days") ?? ""),
    }),
  );
  if (done.ok) revalidatePath("/settings");
  return done;
}

export async function endToken(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    revokeToken(await context(), await requireActor(), { id: String(form.get("id")) }),
  );
  if (done.ok) revalidatePath("/settings");
  return done;
}
