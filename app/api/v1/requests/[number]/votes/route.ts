import { castVote } from "#lib/flows/review/castVote.ts";
import { readBody } from "../../../readBody.ts";
import { readNumber } from "../../../readQuery.ts";
import { personOnly, respond } from "../../../respond.ts";

export function POST(
  request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const person = personOnly(actor);
    const input = await readBody(request, {
      verdict: true,
      reason: true,
      digest: true,
      excluded: { member: true, value: true },
    });
    const number = readNumber((await params).number);
    return { body: await castVote(ctx, person, { ...input, number } as Parameters<typeof castVote>[2]) };
  });
}
