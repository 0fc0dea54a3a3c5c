import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { readOptionalBody } from "../../../readBody.ts";
import { respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    await readOptionalBody(request, {});
    return { body: await refreshClient(ctx, actor, { id: (await params).id }) };
  });
}
