"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { PreviewModel } from "#components/clients/PreviewModel.ts";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { checks } from "#lib/core/check/checks.ts";
import { explainDocument } from "#lib/core/explain/explainDocument.ts";
import { explainResults } from "#lib/core/explain/explainResults.ts";
import { prettyLines } from "#lib/core/explain/prettyLines.ts";
import type { Profile } from "#lib/core/profile.ts";
import { previewClient, type Preview } from "#lib/flows/clients/previewClient.ts";
import { recordUnreadClient } from "#lib/flows/clients/recordUnreadClient.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { answer } from "../../../answer.ts";
import { context } from "../../../context.ts";
import { readGrants } from "../../../readGrants.ts";
import { requireActor } from "../../../session.ts";

/** What a URL says right now. */
export async function preview(clientId: string, profile: string): Promise<FormAnswer<PreviewModel>> {
  return answer(async () =>
    show(
      await previewClient(await context(), await requireActor(), {
        clientId: String(clientId).trim(),
        profile: profile as Profile,
      }),
    ),
  );
}

function show(found: Preview): PreviewModel {
  const { fetched, keySetFetched, metadata } = found;
  const ok = fetched?.outcome === "ok";
  return {
    clientId: found.clientId,
    readable: found.digest !== undefined && metadata !== undefined,
    challenged: fetched?.outcome === "challenged",
    fetch: fetched && {
      ok,
      sentence: fetched.sentence,
      facts: [fetched.status, `${fetched.bytes} bytes`, `${fetched.milliseconds} ms`]
        .filter((fact) => fact !== undefined)
        .join(" · "),
    },
    keySet: keySetFetched && { ok: keySetFetched.outcome === "ok", sentence: keySetFetched.sentence },
    lines: found.text === undefined ? [] : prettyLines(found.text),
    meanings: metadata
      ? explainDocument(metadata, {
          host: found.domain?.host ?? "",
          redirects: found.redirects,
          usableKeys: found.keys.filter((key) => key.jkt && key.use !== "enc").length,
        })
      : [],
    results: explainResults(found.results, checks),
    risk: found.risk && { tier: found.risk.tier, reasons: found.risk.reasons },
    existing: found.existing,
  };
}

/** Records the client, asks for its approval, and goes to the review. */
export async function register(_previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const text = (name: string) => String(form.get(name) ?? "");
  const registered = await answer(async () =>
    registerClient(await context(), await requireActor(), {
      clientId: text("clientId"),
      profile: text("profile") as Profile,
      ownerTeamId: text("ownerTeamId"),
      sponsor: text("sponsor"),
      purpose: text("purpose"),
      contract: text("contract"),
      grants: readGrants(form),
      reason: text("reason"),
      validDays: text("validDays"),
    }),
  );
  if (!registered.ok) return registered;
  revalidatePath("/", "layout");
  redirect(`/requests/${registered.value.requestNumber}`);
}

/** Records a client whose document only browsers can read, and goes to where a copy is uploaded. */
export async function record(_previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const text = (name: string) => String(form.get(name) ?? "");
  const recorded = await answer(async () =>
    recordUnreadClient(await context(), await requireActor(), {
      clientId: text("clientId"),
      profile: text("profile") as Profile,
      ownerTeamId: text("ownerTeamId"),
      sponsor: text("sponsor"),
      purpose: text("purpose"),
      contract: text("contract"),
    }),
  );
  if (!recorded.ok) return recorded;
  revalidatePath("/", "layout");
  redirect(`/clients/${recorded.value.id}/document`);
}
