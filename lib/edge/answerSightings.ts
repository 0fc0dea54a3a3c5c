import type { IncomingMessage, ServerResponse } from "node:http";
import type { TokenActor } from "#lib/core/Actor.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { recordSightings } from "#lib/flows/sightings/recordSightings.ts";
import { problem } from "./problem.ts";
import { readJsonBody } from "./readJsonBody.ts";

const mostBytes = 256 * 1024;

/** `POST /v1/consumers/{id}/sightings`: what a server was asked, added up; answered with the newest head. */
export async function answerSightings(
  ctx: Context,
  actor: TokenActor | undefined,
  consumerId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!actor)
    return problem(response, 401, "unauthorized", "Send this server's token: Authorization: Bearer …", {
      "www-authenticate": "Bearer",
    });
  const report = await readJsonBody(request, mostBytes);
  if (report === undefined)
    return problem(
      response,
      400,
      "invalid-sightings",
      `The body must be a JSON object of at most ${mostBytes} bytes.`,
    );
  try {
    const answer = JSON.stringify(await recordSightings(ctx, actor, { consumerId, report }));
    response.writeHead(200, {
      "content-type": "application/json",
      "cache-control": "no-store",
      "content-length": Buffer.byteLength(answer),
    });
    response.end(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "not_allowed") return problem(response, 403, "not-subscribed", error.message);
    problem(response, 422, "invalid-sightings", error.message.slice(0, 2_000));
  }
}
