import { liftHostBlock } from "#lib/flows/sightings/liftHostBlock.ts";
import { readBody } from "../../readBody.ts";
import { personOnly, respond } from "../../respond.ts";

/** A handler that asks for a block to be lifted, or confirms that; with `keep` it says no to whoever asked. */
export function liftFrom(keep: boolean) {
  return (request: Request, { params }: { params: Promise<{ host: string }> }): Promise<Response> =>
    respond(request, "read", async (ctx, actor) => {
      const person = personOnly(actor);
      const { reason } = await readBody(request, { reason: true });
      const { host } = await params;
      return {
        body: { outcome: await liftHostBlock(ctx, person, { host, keep, reason: reason as string }) },
      };
    });
}
