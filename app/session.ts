import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { PersonActor } from "#lib/core/Actor.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sessionActor } from "#lib/views/people/sessionActor.ts";
import { context } from "./context.ts";

export const sessionCookie = "rollcall_session";

/** Who is signed in, or undefined. */
export async function currentPerson(): Promise<PersonActor | undefined> {
  const token = (await cookies()).get(sessionCookie)?.value;
  if (!token) return undefined;
  const ctx = await context();
  return sessionActor(ctx.db, ctx.clock(), token);
}

/** For pages: who is signed in; anyone else goes to the sign-in page and comes back afterwards. */
export async function requirePerson(): Promise<PersonActor> {
  const person = await currentPerson();
  if (person) return person;
  const path = (await headers()).get("x-rollcall-path") ?? "/";
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** For server actions: a refusal instead of a redirect, so that what was typed stays on the screen. */
export async function requireActor(): Promise<PersonActor> {
  const person = await currentPerson();
  if (person) return person;
  throw new Refusal(
    "not_signed_in",
    "Your session ended. Sign in again in a new tab, then press the button again: nothing you typed is lost.",
  );
}
