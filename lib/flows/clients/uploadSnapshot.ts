import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { cannotBeRead } from "#lib/core/sync/cannotBeRead.ts";
import type { Context } from "#lib/context.ts";
import { findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { observeCopy } from "#lib/flows/watch/observeCopy.ts";
import type { Observation } from "#lib/flows/watch/observeDocument.ts";
import { requireClient } from "./requireClient.ts";
import { requireStewardship } from "./requireStewardship.ts";
import { storeSnapshot } from "#lib/flows/watch/storeObservation.ts";

const copyOf = (what: string) =>
  z.union([z.string(), z.instanceof(Uint8Array)], { error: `Give the ${what} as text.` });

const uploadInput = z.object({
  id: z.string(),
  document: copyOf("document"),
  keySet: copyOf("key set").optional(),
  /** Where the copy comes from, in a sentence that the second person and an auditor read. */
  note: reasonInput,
});

/**
 * Takes in a copy of a document that cannot be read from here. It is judged like a fetched one and waits for a second
 * person: until then nothing changes. An earlier copy that waits is replaced.
 */
export async function uploadSnapshot(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof uploadInput>,
): Promise<{ attestationId: string; snapshot: number; errors: number; warnings: number }> {
  const asked = parseInput(uploadInput, input);
  const known = await requireClient(ctx.db, asked.id);
  requireStewardship(actor, known, "uploads a copy for this client");
  refuseReadable(known);
  refuseTooLarge("document", asked.document, ctx.config.documentMaxBytes);
  if (asked.keySet !== undefined) refuseTooLarge("keySet", asked.keySet, ctx.config.keySetMaxBytes);
  const observation = observeCopy(ctx, known, asked);
  refuseUnusable(known, observation, asked.keySet !== undefined);
  return ctx.db.transaction(async (tx) => {
    const client = await requireClient(tx, asked.id);
    const person = requireStewardship(actor, client, "uploads a copy for this client");
    refuseReadable(client);
    const snapshot = await storeSnapshot(ctx, tx, client.id, observation);
    if (!snapshot) throw new Error("A copy with a digest gave no snapshot.");
    const now = ctx.clock();
    for (const waiting of await findAll(tx, "attestation", { clientRowId: client.id, state: "waiting" }))
      await update(
        tx,
        "attestation",
        { id: waiting.id },
        { state: "replaced", decidedAt: now, revision: waiting.revision + 1 },
      );
    const attestationId = ctx.newId();
    await insert(tx, "attestation", {
      id: attestationId,
      clientRowId: client.id,
      snapshotId: snapshot.id,
      state: "waiting",
      note: asked.note,
      uploadedBy: person.id,
      uploadedAt: now,
      revision: 1,
    });
    await note(ctx, tx, actor, {
      action: "copy.uploaded",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { snapshot: snapshot.number, digest: snapshot.digest, note: asked.note },
    });
    const { number, errors, warnings } = snapshot;
    return { attestationId, snapshot: number, errors, warnings };
  });
}

/** Where the document itself can be read nobody needs to vouch for a copy. */
export function refuseReadable({ sync }: Row<"client">): void {
  if (!cannotBeRead(sync))
    throw new Refusal(
      "conflict",
      "The document can be read from here, so what it says itself counts. Fetch it instead.",
    );
}

function refuseTooLarge(field: string, text: string | Uint8Array, most: number): void {
  const bytes = typeof text === "string" ? Buffer.byteLength(text) : text.byteLength;
  if (bytes <= most) return;
  const sentence = `This has ${bytes.toLocaleString("en")} bytes; at most ${most.toLocaleString("en")} are read.`;
  throw new Refusal("invalid_input", sentence, { [field]: sentence });
}

/** What could never be a copy of this client's document. Everything else is for the checks and the second person to judge. */
function refuseUnusable(
  { clientId }: Row<"client">,
  { document, keySet, digest }: Observation,
  gaveKeySet: boolean,
): void {
  const effective = document?.effective;
  const fault = document?.faults.find(({ kind }) => kind !== "bom")?.message;
  const [field, sentence] =
    !effective || !digest
      ? ["document", fault ?? "This is not a client's document."]
      : effective.client_id !== clientId
        ? [
            "document",
            `This is the document of ${effective.client_id ? `"${visibleText(effective.client_id, 160)}"` : "no client: it has no client_id"}, not of this client.`,
          ]
        : effective.jwks_uri !== undefined && effective.jwks === undefined && !gaveKeySet
          ? [
              "keySet",
              `The document keeps its keys at ${visibleText(effective.jwks_uri, 160)}. Upload that key set, too.`,
            ]
          : keySet !== undefined && keySet.keys === undefined
            ? ["keySet", keySet.faults[0]?.message ?? "This is not a key set: it has no keys array."]
            : gaveKeySet && effective.jwks_uri === undefined
              ? ["keySet", "The document names no jwks_uri, so no server would read this key set."]
              : ["", ""];
  if (sentence) throw new Refusal("invalid_input", sentence, { [field]: sentence });
}
