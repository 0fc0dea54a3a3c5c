"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { editClient } from "#lib/flows/clients/editClient.ts";
import { openRequest } from "#lib/flows/review/openRequest.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { blockClient, retireClient, suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { readGrants } from "../../../readGrants.ts";
import { requireActor } from "../../../session.ts";

type Previous = FormAnswer | null;

export async function fetchNow(id: string): Promise<FormAnswer<{ sentence: string; changed: boolean }>> {
  return afterwards(
    await answer(async () => {
      const { sentence, changed } = await refreshClient(await context(), await requireActor(), { id });
      return { sentence, changed };
    }),
  );
}

export async function saveOwnership(id: string, _previous: Previous, form: FormData): Promise<FormAnswer> {
  const text = (name: string) => String(form.get(name) ?? "");
  return afterwards(
    await answer(async () =>
      editClient(await context(), await requireActor(), {
        id,
        revision: Number(text("revision")),
        ownerTeamId: text("ownerTeamId"),
        sponsor: text("sponsor"),
        purpose: text("purpose"),
        contract: text("contract"),
      }),
    ),
  );
}

const shrinks = { suspend: suspendClient, block: blockClient, retire: retireClient };

export async function shrink(
  id: string,
  verb: keyof typeof shrinks,
  _previous: Previous,
  form: FormData,
): Promise<FormAnswer> {
  const flow = Object.hasOwn(shrinks, verb) ? shrinks[verb] : suspendClient;
  return afterwards(
    await answer(async () =>
      flow(await context(), await requireActor(), { id, reason: String(form.get("reason") ?? "") }),
    ),
  );
}

/** Opens a request and goes to its review. */
export async function ask(
  id: string,
  kind: "approve" | "change" | "unsuspend" | "unblock",
  _previous: Previous,
  form: FormData,
): Promise<FormAnswer> {
  const grants = readGrants(form);
  const opened = await answer(async () =>
    openRequest(await context(), await requireActor(), {
      id,
      kind,
      grants: form.has("grants-offered") ? grants : undefined,
      validDays: String(form.get("validDays") ?? "180"),
      reason: String(form.get("reason") ?? ""),
    }),
  );
  if (!opened.ok) return opened;
  revalidatePath("/", "layout");
  redirect(`/requests/${opened.value.number}`);
}

function afterwards<T>(result: FormAnswer<T>): FormAnswer<T> {
  if (result.ok) revalidatePath("/", "layout");
  return result;
}
