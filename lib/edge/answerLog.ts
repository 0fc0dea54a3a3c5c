import type { IncomingMessage, ServerResponse } from "node:http";
import { parseTilePath } from "#lib/core/log/tilePath.ts";
import type { Context } from "#lib/context.ts";
import { logState } from "#lib/views/log/logState.ts";
import { logTile } from "#lib/views/log/logTile.ts";
import { problem } from "./problem.ts";

/** `GET /v1/log/checkpoint` and `/v1/log/tile/…`: the log as C2SP tlog-tiles lays it out. `path` is what follows `/v1/log/`. */
export async function answerLog(
  ctx: Context,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (path === "checkpoint") {
    const state = await logState(ctx.db);
    if (!state)
      return problem(response, 503, "not-yet-published", "The log has no leaf yet.", { "retry-after": "2" });
    return send(request, response, "text/plain; charset=utf-8", "public, max-age=5", Buffer.from(state.note));
  }
  const tile = path.startsWith("tile/") ? parseTilePath(path.slice("tile/".length)) : undefined;
  // Beyond what an index of a leaf can be, there is nothing to look for.
  const bytes = tile && tile.index < 2 ** 23 ? await logTile(ctx.db, tile) : null;
  if (!bytes) return problem(response, 404, "unknown-object", "The log has no such tile.");
  send(
    request,
    response,
    "application/octet-stream",
    "public, max-age=31536000, immutable",
    Buffer.from(bytes),
  );
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  cache: string,
  body: Buffer,
): void {
  response.writeHead(200, { "content-type": type, "cache-control": cache, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}
