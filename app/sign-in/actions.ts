"use server";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { roles, type Role } from "#lib/core/role.ts";
import { signIn, signInDemo } from "#lib/flows/people/signIn.ts";
import { answer } from "../answer.ts";
import { callerAddress } from "../callerAddress.ts";
import { context } from "../context.ts";
import { keepSession } from "../keepSession.ts";
import { safeNext } from "../safeNext.ts";

export async function signInHere(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () => {
    const ctx = await context();
    const address = await callerAddress();
    await keepSession(
      await signIn(ctx, {
        email: String(form.get("email")),
        password: String(form.get("password")),
        address,
      }),
    );
  });
  if (!done.ok) return done;
  redirect(safeNext(form.get("next")));
}

export async function signInAs(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () => {
    const role = String(form.get("role"));
    if (!(roles as readonly string[]).includes(role))
      throw new Refusal("invalid_input", "There is no such role.");
    await keepSession(await signInDemo(await context(), { role: role as Role }));
  });
  if (!done.ok) return done;
  redirect(safeNext(form.get("next")));
}
