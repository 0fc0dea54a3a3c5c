"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { removeChannel } from "#lib/flows/channels/removeChannel.ts";
import { replayDelivery, replayFailed } from "#lib/flows/channels/replayDelivery.ts";
import { rotateChannelSecret } from "#lib/flows/channels/rotateChannelSecret.ts";
import { saveChannel, type ChannelInput } from "#lib/flows/channels/saveChannel.ts";
import { testChannel } from "#lib/flows/channels/testChannel.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { requireActor } from "../../../session.ts";

const screens = "/settings/notifications";

function inputOf(form: FormData): ChannelInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const prefix = "settings.";
  const settings = [...form.entries()].filter(([name]) => name.startsWith(prefix));
  return {
    id: text("id") || undefined,
    revision: text("revision") || undefined,
    name: text("name"),
    kind: text("kind"),
    settings: Object.fromEntries(
      settings.map(([name, value]) => [name.slice(prefix.length), String(value).trim()]),
    ),
    minimumSeverity: text("minimumSeverity") as ChannelInput["minimumSeverity"],
    topics: form.getAll("topics").map(String) as ChannelInput["topics"],
    teamId: text("teamId") || null,
  };
}

/** A fault in one of several values belongs to the field that holds them all. */
function atField(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, sentence]) => [name.replace(/\.\d+$/, ""), sentence]),
  );
}

export async function addChannel(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () => saveChannel(await context(), await requireActor(), inputOf(form)));
  if (!done.ok) return { ...done, fields: atField(done.fields) };
  revalidatePath(screens);
  // With a secret to show the form stays where it is.
  if (!done.value.secret) redirect(`${screens}/${done.value.id}`);
  return done;
}

export async function changeChannel(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const active = form.get("active") === "on";
  const done = await answer(async () =>
    saveChannel(await context(), await requireActor(), { ...inputOf(form), active }),
  );
  if (!done.ok) return { ...done, fields: atField(done.fields) };
  revalidatePath(screens, "layout");
  return done;
}

export async function tryChannel(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    testChannel(await context(), await requireActor(), { id: String(form.get("id")) }),
  );
  if (done.ok) revalidatePath(screens, "layout");
  return done;
}

export async function rotateSecret(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    rotateChannelSecret(await context(), await requireActor(), { id: String(form.get("id")) }),
  );
  if (done.ok) revalidatePath(screens, "layout");
  return done;
}

export async function endChannel(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const done = await answer(async () =>
    removeChannel(await context(), await requireActor(), { id: String(form.get("id")) }),
  );
  if (!done.ok) return done;
  revalidatePath(screens, "layout");
  redirect(screens);
}

export async function sendAgain(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const channelId = form.get("channelId");
  const done = await answer<unknown>(async () =>
    channelId
      ? replayFailed(await context(), await requireActor(), { channelId: String(channelId) })
      : replayDelivery(await context(), await requireActor(), { id: String(form.get("id")) }),
  );
  if (done.ok) revalidatePath(screens, "layout");
  return done;
}
