"use server";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { acceptInvite } from "#lib/flows/people/invitePerson.ts";
import { signIn } from "#lib/flows/people/signIn.ts";
import { answer } from "../../answer.ts";
import { callerAddress } from "../../callerAddress.ts";
import { context } from "../../context.ts";
import { keepSession } from "../../keepSession.ts";

export async function acceptInviteHere(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const text = (name: string) => String(form.get(name) ?? "");
  const done = await answer(async () => {
    const ctx = await context();
    const account = { name: text("name"), email: text("email"), password: text("password") };
    await acceptInvite(ctx, { token: text("token"), ...account });
    await keepSession(await signIn(ctx, { ...account, address: await callerAddress() }));
  });
  if (!done.ok) return done;
  redirect("/");
}
