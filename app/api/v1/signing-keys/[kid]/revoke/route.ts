import { revokeSigningKey } from "#lib/flows/signing/revokeSigningKey.ts";
import { readBody } from "../../../readBody.ts";
import { respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ kid: string }> }): Promise<Response> {
  return respond(request, "administer", async (ctx, actor) => {
    const { reason } = await readBody(request, { reason: true });
    return {
      body: await revokeSigningKey(ctx, actor, { kid: (await params).kid, reason: reason as string }),
    };
  });
}
