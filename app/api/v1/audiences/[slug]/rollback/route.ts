import { Refusal } from "#lib/core/Refusal.ts";
import { holdRelease } from "#lib/flows/releases/holdRelease.ts";
import { releaseRecord, releaseRecords } from "#lib/views/releases/releaseRecords.ts";
import { audienceBySlug } from "#lib/views/servers/audienceBySlug.ts";
import { readBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const person = personOnly(actor);
    const input = await readBody(request, { rev: true, epoch: true, reason: true });
    const { slug } = await params;
    const { id: audienceId } = await audienceBySlug(ctx.db, slug);
    const rev = readRev(input["rev"]);
    const epoch = input["epoch"] ?? (await releaseRecord(ctx.db, ctx.clock(), slug, rev)).epoch;
    const asked = { audienceId, rev, epoch, reason: input["reason"] } as Parameters<typeof holdRelease>[2];
    await holdRelease(ctx, person, asked);
    return { body: await releaseRecords(ctx.db, ctx.clock(), slug) };
  });
}

function readRev(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  const sentence = "The number of the release to go back to, such as 12.";
  throw new Refusal("invalid_input", `rev: ${sentence}`, { rev: sentence });
}
