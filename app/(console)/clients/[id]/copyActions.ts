"use server";
import { revalidatePath } from "next/cache";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { attestSnapshot } from "#lib/flows/clients/attestSnapshot.ts";
import { uploadSnapshot } from "#lib/flows/clients/uploadSnapshot.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { requireActor } from "../../../session.ts";

type Previous = FormAnswer | null;

export async function uploadCopy(id: string, _previous: Previous, form: FormData): Promise<FormAnswer> {
  return afterwards(
    await answer(async () =>
      uploadSnapshot(await context(), await requireActor(), {
        id,
        document: (await given(form, "document")) ?? "",
        keySet: await given(form, "keySet"),
        note: String(form.get("note") ?? ""),
      }),
    ),
  );
}

export async function attestCopy(
  attestationId: string,
  _previous: Previous,
  form: FormData,
): Promise<FormAnswer> {
  return afterwards(
    await answer(async () =>
      attestSnapshot(await context(), await requireActor(), {
        attestationId,
        verdict: form.get("verdict") as "attested" | "refused",
        reason: String(form.get("reason") ?? ""),
      }),
    ),
  );
}

/** The file, byte for byte, else what was pasted. */
async function given(form: FormData, name: string): Promise<Uint8Array<ArrayBuffer> | string | undefined> {
  const file = form.get(`${name}File`);
  if (file instanceof File && file.size > 0) return new Uint8Array(await file.arrayBuffer());
  const text = String(form.get(name) ?? "").trim();
  return text || undefined;
}

function afterwards<T>(result: FormAnswer<T>): FormAnswer<T> {
  if (result.ok) revalidatePath("/", "layout");
  return result;
}
