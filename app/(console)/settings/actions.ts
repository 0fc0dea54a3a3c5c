"use server";
import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { changePassword } from "#lib/flows/people/changePassword.ts";
import { issueToken, revokeToken } from "#lib/flows/people/issueToken.ts";
import { signOutEverywhere } from "#lib/flows/people/signIn.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { keepSession } from "../../keepSession.ts";
import { requireActor, sessionCookie } from "../../session.ts";

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

export async function changeOwnPassword(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  return answer(async () => {
    const session = await changePassword(await context(), await requireActor(), {
      current: String(form.get("current") ?? ""),
      next: String(form.get("next") ?? ""),
    });
    await keepSession(session);
  });
}

export async function signOutOfAll(): Promise<FormAnswer> {
  const done = await answer(async () => signOutEverywhere(await context(), await requireActor()));
  if (!done.ok) return done;
  (await cookies()).delete(sessionCookie);
  redirect("/sign-in");
}
