"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { announceKey, withdrawAnnouncement } from "#lib/flows/announceKey.ts";
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

export async function withdraw(announcementId: string, _previous: Previous): Promise<FormAnswer> {
  return afterwards(
    await answer(async () => withdrawAnnouncement(await context(), await requireActor(), { announcementId })),
  );
}

function afterwards<T>(result: FormAnswer<T>): FormAnswer<T> {
  if (result.ok) revalidatePath("/", "layout");
  return result;
}
