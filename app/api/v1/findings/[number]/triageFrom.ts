import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import { findingRecord } from "#lib/views/findings/findingRecord.ts";
import { readOptionalBody, type Shape } from "../../readBody.ts";
import { readNumber } from "../../readQuery.ts";
import { respond } from "../../respond.ts";

/** A handler that does one act of triage, and answers with the finding as it is then. The flow says who may. */
export function triageFrom(
  // The flow reads its input itself and says what is wrong with it.
  flow: (ctx: Context, actor: Actor, input: never) => Promise<unknown>,
  shape: Shape,
) {
  return (request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> =>
    respond(request, "read", async (ctx, actor) => {
      const number = readNumber((await params).number, "A finding");
      const input = await readOptionalBody(request, { ...shape, revision: true });
      await flow(ctx, actor, { ...input, number } as never);
      return { body: await findingRecord(ctx.db, ctx.clock(), number) };
    });
}
