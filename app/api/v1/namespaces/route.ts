import { proposeNamespace } from "#lib/flows/namespaces/proposeNamespace.ts";
import { matchNamespaces } from "#lib/views/namespaces/matchNamespaces.ts";
import { namespaceList } from "#lib/views/namespaces/namespaceList.ts";
import { readBody } from "../readBody.ts";
import { readQuery } from "../readQuery.ts";
import { respond } from "../respond.ts";
import { constraintMembers } from "../shapes.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { client_id: clientId } = readQuery(request, ["client_id"]);
    const now = ctx.clock();
    const namespaces =
      clientId === undefined
        ? await namespaceList(ctx.db, now)
        : await matchNamespaces(ctx.db, now, clientId);
    return { body: { namespaces } };
  });
}

export function POST(request: Request): Promise<Response> {
  return respond(request, "register", async (ctx, actor) => {
    const shape = {
      pattern: true,
      name: true,
      owner_team_id: true,
      sponsor: true,
      purpose: true,
      constraints: constraintMembers,
      valid_days: true,
      reason: true,
    } as const;
    const input = await readBody(request, shape);
    const made = await proposeNamespace(ctx, actor, input as Parameters<typeof proposeNamespace>[2]);
    return { status: 201, headers: { location: `/api/v1/namespaces/${made.number}` }, body: made };
  });
}
