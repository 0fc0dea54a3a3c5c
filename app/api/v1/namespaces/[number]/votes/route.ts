import { voteOnNamespace } from "#lib/flows/namespaces/voteOnNamespace.ts";
import { readBody } from "../../../readBody.ts";
import { readNumber } from "../../../readQuery.ts";
import { personOnly, respond } from "../../../respond.ts";

export function POST(
  request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const person = personOnly(actor);
    const input = await readBody(request, { verdict: true, reason: true, digest: true });
    const number = readNumber((await params).number, "A namespace");
    const asked = { ...input, number } as Parameters<typeof voteOnNamespace>[2];
    return { body: await voteOnNamespace(ctx, person, asked) };
  });
}
