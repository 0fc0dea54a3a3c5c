import type { IncomingMessage, ServerResponse } from "node:http";
import type { TokenActor } from "#lib/core/Actor.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { recordReport } from "#lib/flows/servers/recordReport.ts";
import { problem } from "./problem.ts";
import { readJsonBody } from "./readJsonBody.ts";

/** A head, the largest part of it, has at most 64 KiB. */
const mostBytes = 80 * 1024;

/** `PUT /v1/consumers/{id}/status`: a server's account of itself, answered with the newest head. */
export async function answerStatus(
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
      "invalid-status-report",
      `The body must be a JSON object of at most ${mostBytes} bytes.`,
    );
  try {
    const answer = JSON.stringify(await recordReport(ctx, actor, { consumerId, report }));
    response.writeHead(200, {
      "content-type": "application/json",
      "cache-control": "no-store",
      "content-length": Buffer.byteLength(answer),
    });
    response.end(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "not_allowed") return problem(response, 403, "not-subscribed", error.message);
    problem(response, 422, "invalid-status-report", error.message);
  }
}
