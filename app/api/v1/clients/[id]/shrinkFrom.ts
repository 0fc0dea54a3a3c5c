import type { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { clientRecord } from "#lib/views/clients/clientRecord.ts";
import { readBody } from "../../readBody.ts";
import { respond } from "../../respond.ts";

/** A handler that takes trust away for a reason, and answers with the client as it is then. */
export function shrinkFrom(shrink: typeof suspendClient) {
  return (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
    respond(request, "read", async (ctx, actor) => {
      const { id } = await params;
      const input = await readBody(request, { reason: true });
      await shrink(ctx, actor, { ...input, id } as Parameters<typeof suspendClient>[2]);
      return { body: await clientRecord(ctx.db, id) };
    });
}
