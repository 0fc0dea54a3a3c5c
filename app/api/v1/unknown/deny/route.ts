import { denySighted } from "#lib/flows/sightings/denySighted.ts";
import { readBody } from "../../readBody.ts";
import { respond } from "../../respond.ts";

export function POST(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const input = await readBody(request, { client_id: true, reason: true });
    return { body: await denySighted(ctx, actor, input as Parameters<typeof denySighted>[2]) };
  });
}
