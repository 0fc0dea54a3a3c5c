import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/context.ts";
import { storedHead, storedObject } from "#lib/views/releases/storedRelease.ts";
import { problem } from "./problem.ts";

/** `GET /v1/lists/{list}/objects/{sha256}`: immutable, named by its hash, compressed once when it was stored. */
export async function answerObject(
  ctx: Context,
  sha: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = await storedObject(ctx.db, sha);
  if (!object) return problem(response, 404, "unknown-object", "There is no object of this name.");
  const etag = `"${sha}"`;
  const headers = {
    "content-type": "application/cimd-allowlist-node+json",
    "cache-control": "public, max-age=31536000, immutable",
    etag,
    vary: "accept-encoding",
  };
  if (request.headers["if-none-match"]?.includes(etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  const zipped = /(^|[,\s])gzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(
    String(request.headers["accept-encoding"] ?? ""),
  );
  const body = zipped ? object.gzip : Buffer.from(object.body);
  response.writeHead(200, {
    ...headers,
    ...(zipped ? { "content-encoding": "gzip" } : {}),
    "content-length": body.byteLength,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** `GET /v1/lists/{list}/heads/{seq}`: every head that ever was, for audits. That of a private list no shared cache keeps. */
export async function answerPastHead(
  ctx: Context,
  audience: { readonly id: string; readonly isPrivate: boolean },
  seq: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const head = await storedHead(ctx.db, audience.id, seq);
  if (!head) return problem(response, 404, "unknown-object", `This list has no head ${seq}.`);
  response.writeHead(200, {
    "content-type": "application/cimd-allowlist+jwt",
    "cache-control": `${audience.isPrivate ? "private" : "public"}, max-age=31536000, immutable`,
    "content-length": Buffer.byteLength(head.jws),
  });
  response.end(request.method === "HEAD" ? undefined : head.jws);
}
