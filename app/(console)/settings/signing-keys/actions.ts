"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { revokeSigningKey } from "#lib/flows/signing/revokeSigningKey.ts";
import { rotateSigningKey } from "#lib/flows/signing/turnSigningKeys.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { requireActor } from "../../../session.ts";

const screen = "/settings/signing-keys";

export async function rotateKey(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    rotateSigningKey(await context(), await requireActor(), { force: form.get("force") === "yes" }),
  );
  if (done.ok) revalidatePath(screen);
  return done;
}

export async function revokeKey(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    revokeSigningKey(await context(), await requireActor(), {
      kid: String(form.get("kid")),
      reason: String(form.get("reason") ?? ""),
    }),
  );
  if (done.ok) revalidatePath(screen);
  return done;
}
