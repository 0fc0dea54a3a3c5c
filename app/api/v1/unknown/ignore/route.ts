import { ignoreSighted } from "#lib/flows/sightings/ignoreSighted.ts";
import { readBody } from "../../readBody.ts";
import { respond } from "../../respond.ts";

export function POST(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const input = await readBody(request, { client_id: true, times: true });
    await ignoreSighted(ctx, actor, input as Parameters<typeof ignoreSighted>[2]);
    return {};
  });
}
