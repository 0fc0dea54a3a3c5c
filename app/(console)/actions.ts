"use server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { FoundClient } from "#components/CommandMenu.tsx";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { signOut } from "#lib/flows/people/signIn.ts";
import { findClientsByText as find } from "#lib/views/clients/findClientsByText.ts";
import { context } from "../context.ts";
import { currentPerson, sessionCookie } from "../session.ts";

/** ⌘K: clients by name or URL. Nobody signed in finds nothing. */
export async function findClientsByText(text: string): Promise<readonly FoundClient[]> {
  if (!(await currentPerson())) return [];
  const ctx = await context();
  return find(ctx.db, visibleText(String(text)));
}

export async function signOutHere(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(sessionCookie)?.value;
  if (token) await signOut(await context(), { token });
  jar.delete(sessionCookie);
  redirect("/sign-in");
}
