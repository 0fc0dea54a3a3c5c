import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { audienceStates } from "#lib/views/servers/audienceStates.ts";
import { readBody } from "../readBody.ts";
import { respond } from "../respond.ts";
import { resourceMembers } from "../shapes.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => ({
    body: { audiences: await audienceStates(ctx.db, ctx.clock()) },
  }));
}

export function POST(request: Request): Promise<Response> {
  return respond(request, "manage_audiences", async (ctx, actor) => {
    const shape = {
      slug: true,
      name: true,
      issuer: true,
      is_private: true,
      resources: resourceMembers,
    } as const;
    const input = await readBody(request, shape);
    const made = await createAudience(ctx, actor, input as Parameters<typeof createAudience>[2]);
    return { status: 201, body: made };
  });
}
