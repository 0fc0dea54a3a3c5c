import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/context.ts";
import type { ReleaseBoard } from "#lib/views/releases/releaseBoard.ts";
import { reachableObjects, storedHead } from "#lib/views/releases/storedRelease.ts";
import { problem } from "./problem.ts";

/**
 * `GET /v1/lists/{list}/bundle`: the head, then every object it reaches, a line each; untrusted transport by design.
 * `?since={seq}` leaves out what that head's tree has in the same place; of a head we do not know, nothing is left out.
 */
export async function answerBundle(
  ctx: Context,
  head: ReleaseBoard["lists"][number]["head"],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!head)
    return problem(response, 503, "not-yet-published", "The first release is being made.", {
      "retry-after": "2",
    });
  response.writeHead(200, {
    "content-type": "application/cimd-allowlist-bundle",
    "cache-control": "max-age=60",
  });
  if (request.method === "HEAD") return void response.end();
  response.write(`${head.jws}\n`);
  const since = /[?&]since=([1-9]\d{0,15})(?:&|$)/.exec(request.url ?? "")?.[1];
  const known = since ? await storedHead(ctx.db, head.audienceId, Number(since)) : undefined;
  for await (const object of reachableObjects(ctx.db, head, known)) {
    if (response.destroyed) return;
    if (!response.write(`${object.body}\n`))
      await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
  }
  response.end();
}
