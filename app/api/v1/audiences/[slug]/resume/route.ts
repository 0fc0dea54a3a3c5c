import { resumeAfterRestore } from "#lib/flows/releases/resumeAfterRestore.ts";
import { readBody } from "../../../readBody.ts";
import { respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, "administer", async (ctx, actor) => {
    const { reason } = await readBody(request, { reason: true });
    const asked = { audience: (await params).slug, reason: reason as string };
    return { body: await resumeAfterRestore(ctx, actor, asked) };
  });
}
