import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { audienceBySlug } from "#lib/views/servers/audienceBySlug.ts";
import { readBody } from "../../../readBody.ts";
import { respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, "manage_audiences", async (ctx, actor) => {
    const input = await readBody(request, { name: true });
    const { id: audienceId } = await audienceBySlug(ctx.db, (await params).slug);
    const asked = { ...input, audienceId } as Parameters<typeof connectConsumer>[2];
    return { status: 201, body: await connectConsumer(ctx, actor, asked) };
  });
}
