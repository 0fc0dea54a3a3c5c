import { saveResource } from "#lib/flows/servers/saveResource.ts";
import { audienceBySlug } from "#lib/views/servers/audienceBySlug.ts";
import { readBody } from "../../../readBody.ts";
import { respond } from "../../../respond.ts";
import { resourceMembers } from "../../../shapes.ts";

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, "manage_audiences", async (ctx, actor) => {
    const input = await readBody(request, resourceMembers);
    const { id: audienceId } = await audienceBySlug(ctx.db, (await params).slug);
    const asked = { ...input, audienceId } as Parameters<typeof saveResource>[2];
    return { body: await saveResource(ctx, actor, asked) };
  });
}
