import { tryNamespaceOf } from "#lib/views/namespaces/namespaceRecord.ts";
import { readNumber, readQuery } from "../../../readQuery.ts";
import { respond } from "../../../respond.ts";

export function GET(
  request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const query = readQuery(request, ["client_id", "redirect_uri"], ["client_id"]);
    const number = readNumber((await params).number, "A namespace");
    const asked = { clientId: query.client_id, redirectUri: query.redirect_uri };
    return { body: await tryNamespaceOf(ctx.db, ctx.clock(), number, asked) };
  });
}
