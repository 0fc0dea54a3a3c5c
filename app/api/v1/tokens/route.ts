import { issueToken } from "#lib/flows/people/issueToken.ts";
import { tokensAndKeys } from "#lib/views/signing/tokensAndKeys.ts";
import { readBody } from "../readBody.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "administer", async (ctx) => {
    const { tokens } = await tokensAndKeys(ctx.db, ctx.clock());
    return { body: { tokens } };
  });
}

export function POST(request: Request): Promise<Response> {
  return respond(request, "administer", async (ctx, actor) => {
    const input = await readBody(request, { name: true, role: true, days: true });
    return { status: 201, body: await issueToken(ctx, actor, input as Parameters<typeof issueToken>[2]) };
  });
}
