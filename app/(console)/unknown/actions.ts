"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { blockHost as block } from "#lib/flows/sightings/blockHost.ts";
import { denySighted } from "#lib/flows/sightings/denySighted.ts";
import { ignoreSighted } from "#lib/flows/sightings/ignoreSighted.ts";
import { liftHostBlock } from "#lib/flows/sightings/liftHostBlock.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

type Previous = FormAnswer | null;

const reasonOf = (form: FormData) => String(form.get("reason") ?? "");

export async function deny(clientId: string, _previous: Previous, form: FormData): Promise<FormAnswer> {
  return afterwards(
    await answer(async () =>
      denySighted(await context(), await requireActor(), { clientId, reason: reasonOf(form) }),
    ),
  );
}

export async function putAside(clientId: string, _previous: Previous, form: FormData): Promise<FormAnswer> {
  const times = String(form.get("times") ?? "");
  return afterwards(
    await answer(async () => ignoreSighted(await context(), await requireActor(), { clientId, times })),
  );
}

export async function blockHost(host: string, _previous: Previous, form: FormData): Promise<FormAnswer> {
  return afterwards(
    await answer(async () => block(await context(), await requireActor(), { host, reason: reasonOf(form) })),
  );
}

export async function lift(
  host: string,
  keep: boolean,
  _previous: Previous,
  form: FormData,
): Promise<FormAnswer> {
  return afterwards(
    await answer(async () =>
      liftHostBlock(await context(), await requireActor(), { host, keep, reason: reasonOf(form) }),
    ),
  );
}

function afterwards<T>(result: FormAnswer<T>): FormAnswer<T> {
  if (result.ok) revalidatePath("/", "layout");
  return result;
}
