"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import type { Role } from "#lib/core/role.ts";
import { changePerson } from "#lib/flows/people/changePerson.ts";
import { confirmRole } from "#lib/flows/people/confirmRole.ts";
import { createTeam } from "#lib/flows/people/createTeam.ts";
import { invitePerson } from "#lib/flows/people/invitePerson.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

export async function invite(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () => {
    const ctx = await context();
    const { token } = await invitePerson(ctx, await requireActor(), {
      email: String(form.get("email") ?? "").trim(),
      role: String(form.get("role")) as Role,
      teamId: String(form.get("teamId") ?? "") || undefined,
    });
    return { link: `${ctx.config.baseUrl}/invite/${token}` };
  });
  if (done.ok) revalidatePath("/", "layout");
  return done;
}

export async function savePerson(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    changePerson(await context(), await requireActor(), {
      personId: String(form.get("personId")),
      role: String(form.get("role")) as Role,
      active: form.get("active") === "on",
      teamIds: form.getAll("teamIds").map(String),
    }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}

export async function decideRole(
  personId: string,
  verdict: "confirm" | "refuse",
  _previous: FormAnswer | null,
): Promise<FormAnswer> {
  const done = await answer(async () =>
    confirmRole(await context(), await requireActor(), { personId, verdict }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}

export async function addTeam(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    createTeam(await context(), await requireActor(), { name: String(form.get("name") ?? "") }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}
