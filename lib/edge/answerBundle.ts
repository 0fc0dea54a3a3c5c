import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/context.ts";
import { reachableObjects } from "#lib/views/storedRelease.ts";
import { problem } from "./problem.ts";

/** `GET /v1/lists/{list}/bundle`: the head, then every object it reaches, a line each; untrusted transport by design. */
export async function answerBundle(
  ctx: Context,
  head: { jws: string; root: string } | undefined,
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
  for await (const object of reachableObjects(ctx.db, head.root)) {
    if (response.destroyed) return;
    if (!response.write(`${object.body}\n`))
      await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
  }
  response.end();
}
