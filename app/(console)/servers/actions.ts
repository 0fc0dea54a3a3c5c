"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { resumeAfterRestore } from "#lib/flows/releases/resumeAfterRestore.ts";
import { saveResource } from "#lib/flows/servers/saveResource.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

const words = (text: string) => text.split(/\s+/).filter(Boolean);

function resourceIn(form: FormData, prefix = "") {
  const text = (name: string) => String(form.get(`${prefix}${name}`) ?? "").trim();
  return {
    uri: text("uri"),
    name: text("name"),
    scopes: words(text("scopes")),
    sensitiveScopes: words(text("sensitiveScopes")),
  };
}

export async function addServer(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const first = resourceIn(form, "resources.0.");
  const named = first.uri || first.name || first.scopes.length > 0;
  const done = await answer(async () =>
    createAudience(await context(), await requireActor(), {
      slug: text("slug"),
      name: text("name"),
      issuer: text("issuer"),
      isPrivate: form.get("isPrivate") === "on",
      resources: named ? [first] : [],
    }),
  );
  if (!done.ok) return { ...done, fields: atField(done.fields) };
  revalidatePath("/", "layout");
  redirect(`/servers/${text("slug")}#connect`);
}

/** A fault inside a list of scopes belongs to the field with the whole list. */
function atField(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, sentence]) => [
      name.replace(/(scopes|sensitiveScopes)\.\d+$/, "$1"),
      sentence,
    ]),
  );
}

export async function saveServerResource(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    saveResource(await context(), await requireActor(), {
      audienceId: String(form.get("audienceId")),
      ...resourceIn(form),
    }),
  );
  if (!done.ok) return { ...done, fields: atField(done.fields) };
  revalidatePath("/", "layout");
  return done;
}

export async function connectServer(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    connectConsumer(await context(), await requireActor(), {
      audienceId: String(form.get("audienceId")),
      name: String(form.get("name") ?? "").trim(),
    }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}

export async function resumePublishing(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    resumeAfterRestore(await context(), await requireActor(), {
      audience: String(form.get("audience")),
      reason: String(form.get("reason") ?? "").trim(),
    }),
  );
  if (done.ok) revalidatePath("/", "layout");
  return done;
}
