"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { announceKey, withdrawAnnouncement } from "#lib/flows/clients/announceKey.ts";
import { confirmAnnouncement } from "#lib/flows/clients/confirmAnnouncement.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { requireActor } from "../../../session.ts";

type Previous = FormAnswer | null;

export async function announce(id: string, _previous: Previous, form: FormData): Promise<FormAnswer> {
  const text = (name: string) => String(form.get(name) ?? "");
  return afterwards(
    await answer(async () =>
      announceKey(await context(), await requireActor(), {
        id,
        key: text("key"),
        note: text("note"),
        expectedBy: text("expectedBy"),
      }),
    ),
  );
}

/** The same from the list of all keys: the form says for which client. */
export async function announceFor(previous: Previous, form: FormData): Promise<FormAnswer> {
  const id = String(form.get("id") ?? "");
  if (!id) {
    const sentence = "Choose the client.";
    return { ok: false, code: "invalid_input", sentence, fields: { id: sentence } };
  }
  return announce(id, previous, form);
}

export async function confirm(announcementId: string, _previous: Previous): Promise<FormAnswer> {
  return afterwards(
    await answer(async () => confirmAnnouncement(await context(), await requireActor(), { announcementId })),
  );
}

export async function withdraw(announcementId: string, _previous: Previous): Promise<FormAnswer> {
  return afterwards(
    await answer(async () => withdrawAnnouncement(await context(), await requireActor(), { announcementId })),
  );
}

function afterwards<T>(result: FormAnswer<T>): FormAnswer<T> {
  if (result.ok) revalidatePath("/", "layout");
  return result;
}
