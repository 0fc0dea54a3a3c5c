import { attestSnapshot } from "#lib/flows/clients/attestSnapshot.ts";
import { copyRecord } from "#lib/views/clients/copyRecords.ts";
import { readBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const person = personOnly(actor);
    const { id } = await params;
    const input = await readBody(request, { verdict: true, reason: true });
    const asked = { ...input, attestationId: id } as Parameters<typeof attestSnapshot>[2];
    await attestSnapshot(ctx, person, asked);
    return { body: await copyRecord(ctx.db, id) };
  });
}
