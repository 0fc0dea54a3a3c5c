import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import { namespaceRecord } from "#lib/views/namespaces/namespaceRecord.ts";
import { readBody, type Shape } from "../../readBody.ts";
import { readNumber } from "../../readQuery.ts";
import { respond } from "../../respond.ts";

/** A handler that does one act on a namespace, and answers with it as it is then. The flow says who may. */
export function actFrom(
  // The flow reads its input itself and says what is wrong with it.
  flow: (ctx: Context, actor: Actor, input: never) => Promise<unknown>,
  shape: Shape,
) {
  return (request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> =>
    respond(request, "read", async (ctx, actor) => {
      const input = await readBody(request, shape);
      const number = readNumber((await params).number, "A namespace");
      await flow(ctx, actor, { ...input, number } as never);
      return { body: await namespaceRecord(ctx.db, ctx.clock(), number) };
    });
}
