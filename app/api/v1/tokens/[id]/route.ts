import { revokeToken } from "#lib/flows/people/issueToken.ts";
import { respond } from "../../respond.ts";

export function DELETE(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "administer", async (ctx, actor) => {
    await revokeToken(ctx, actor, { id: (await params).id });
    return {};
  });
}
