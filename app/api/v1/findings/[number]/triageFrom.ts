import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import { findingRecord } from "#lib/views/findingRecord.ts";
import { readOptionalBody, type Shape } from "../../readBody.ts";
import { readNumber } from "../../readQuery.ts";
import { respond } from "../../respond.ts";

/** A handler that does one act of triage, and answers with the finding as it is then. The flow says who may. */
export function triageFrom<Input>(
  flow: (ctx: Context, actor: Actor, input: Input) => Promise<unknown>,
  shape: Shape,
) {
  return (request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> =>
    respond(request, "read", async (ctx, actor) => {
      const number = readNumber((await params).number, "A finding");
      const input = await readOptionalBody(request, { ...shape, revision: true });
      await flow(ctx, actor, { ...input, number } as Input);
      return { body: await findingRecord(ctx.db, ctx.clock(), number) };
    });
}
