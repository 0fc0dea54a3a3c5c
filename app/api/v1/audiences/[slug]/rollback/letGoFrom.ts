import { letGoOfRelease } from "#lib/flows/releases/letGoOfRelease.ts";
import { audienceBySlug } from "#lib/views/servers/audienceBySlug.ts";
import { readOptionalBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

/** A handler that asks for the end of a rollback, or confirms it; with `keep` it says no to whoever asked. */
export function letGoFrom(keep: boolean) {
  return (request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> =>
    respond(request, "read", async (ctx, actor) => {
      const person = personOnly(actor);
      await readOptionalBody(request, {});
      const { id: audienceId } = await audienceBySlug(ctx.db, (await params).slug);
      return { body: { outcome: await letGoOfRelease(ctx, person, { audienceId, keep }) } };
    });
}
