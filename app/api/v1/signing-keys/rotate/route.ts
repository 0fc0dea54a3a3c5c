import { Refusal } from "#lib/core/Refusal.ts";
import { rotateSigningKey } from "#lib/flows/signing/turnSigningKeys.ts";
import { readOptionalBody } from "../../readBody.ts";
import { respond } from "../../respond.ts";

export function POST(request: Request): Promise<Response> {
  return respond(request, "administer", async (ctx, actor) => {
    const { force = false } = await readOptionalBody(request, { force: true });
    if (typeof force !== "boolean")
      throw new Refusal("invalid_input", "force is true or false.", { force: "It is true or false." });
    return { body: await rotateSigningKey(ctx, actor, { force }) };
  });
}
