import { previewClient } from "#lib/flows/clients/previewClient.ts";
import { readBody } from "../readBody.ts";
import { respond } from "../respond.ts";

export function POST(request: Request): Promise<Response> {
  return respond(request, "register", async (ctx, actor) => {
    const input = await readBody(request, { client_id: true, profile: true });
    return { body: await previewClient(ctx, actor, input as Parameters<typeof previewClient>[2]) };
  });
}
