import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/context.ts";
import { exportList, isExported, type ExportAsk } from "#lib/views/releases/exportList.ts";
import type { ServedList } from "./Board.ts";
import type { ExportShelf } from "./ExportShelf.ts";
import { problem } from "./problem.ts";

/**
 * `GET /v1/lists/{list}/export/{adapter}`: the newest release, written for one product. `?accept=host` says that the
 * caller knows that whole hosts are admitted.
 */
export async function answerExport(
  ctx: Context,
  shelf: ExportShelf,
  served: ServedList,
  ask: ExportAsk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const now = ctx.clock();
  const key = `${ask.head.id} ${ask.adapter} ${ask.acceptHost}`;
  const make = () => exportList(ctx.db, now, ask);
  const made = isExported(ask.adapter) ? await shelf.get(key, now, make) : await make();
  if (made.kind === "none") {
    const later: Record<string, string> = made.status === 503 ? { "retry-after": "60" } : {};
    return problem(response, made.status, made.type, made.detail, later, made.members);
  }
  const headers = {
    "content-type": made.contentType,
    "cache-control": String(served.headers["cache-control"]),
    etag: made.etag,
    "rollcall-cannot-express": made.cannotExpress.join(", "),
    "rollcall-left-out": String(made.refused.length),
  };
  if (knows(request.headers["if-none-match"], made.etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(made.body) });
  response.end(request.method === "HEAD" ? undefined : made.body);
}

/** Whether the caller accepts what a product that knows hosts only does. */
export function acceptsHost(url: string | undefined): boolean {
  const query = url?.indexOf("?") ?? -1;
  return query >= 0 && new URLSearchParams(url?.slice(query + 1)).getAll("accept").includes("host");
}

function knows(given: string | undefined, etag: string): boolean {
  return given?.split(",").some((part) => ["*", etag].includes(part.trim().replace(/^W\//, ""))) ?? false;
}
