import { evaluateClient } from "#lib/views/clients/evaluateClient.ts";
import { readQuery } from "../readQuery.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { audience, client_id, redirect_uri, resource, scope } = readQuery(
      request,
      ["audience", "client_id", "redirect_uri", "resource", "scope"],
      ["audience", "client_id"],
    );
    const question = { audience, clientId: client_id, redirectUri: redirect_uri, resource, scope };
    return { body: await evaluateClient(ctx.db, ctx.clock(), question) };
  });
}
