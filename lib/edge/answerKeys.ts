import type { IncomingMessage, ServerResponse } from "node:http";
import { keySetMediaType } from "#lib/core/allowlist/wire.ts";
import type { Context } from "#lib/context.ts";
import { publishedKeySet, signingKeyHistory } from "#lib/views/signing/publishedKeySet.ts";
import { problem } from "./problem.ts";

/**
 * `GET /v1/keys/{version}`: a root-signed key set, which never changes; 404 says for half a minute that there is no newer
 * one. `GET /v1/keys`: the history of the signing keys, unsigned and for people.
 */
export async function answerKeys(
  ctx: Context,
  version: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (version === undefined)
    return send(request, response, JSON.stringify(await signingKeyHistory(ctx.db)), {
      "content-type": "application/json",
      "cache-control": "public, max-age=60",
    });
  const keySet = /^[1-9]\d{0,8}$/.test(version) ? await publishedKeySet(ctx.db, Number(version)) : undefined;
  if (!keySet)
    return problem(response, 404, "unknown-key-set", "There is no such key set yet.", {
      "cache-control": "public, max-age=30",
    });
  const headers = { "cache-control": "public, max-age=31536000, immutable", etag: `"${keySet.digest}"` };
  if (request.headers["if-none-match"] === headers.etag) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  send(request, response, keySet.jws, { ...headers, "content-type": keySetMediaType });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  headers: Record<string, string>,
): void {
  response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(request.method === "HEAD" ? undefined : body);
}
