import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { callerAddress } from "#lib/core/address/callerAddress.ts";
import type { Context } from "#lib/context.ts";
import { answerBundle } from "./answerBundle.ts";
import { acceptsHost, answerExport } from "./answerExport.ts";
import { answerHead } from "./answerHead.ts";
import { answerKeys } from "./answerKeys.ts";
import { answerLog } from "./answerLog.ts";
import { answerObject, answerPastHead } from "./answerObject.ts";
import { answerReport, isReportKind, reportKinds } from "./answerReport.ts";
import type { Board } from "./Board.ts";
import { discovery } from "./discovery.ts";
import { ExportShelf } from "./ExportShelf.ts";
import { problem } from "./problem.ts";
import { protectPages } from "./protectPages.ts";
import type { PullBook } from "./PullBook.ts";
import { reportBudgets, type ReportBudgets } from "./reportBudgets.ts";
import type { TokenDesk } from "./TokenDesk.ts";

export interface DoorParts {
  readonly ctx: Context;
  readonly board: Board;
  readonly tokens: TokenDesk;
  readonly pulls: PullBook;
  /** What each token may report; absent: as much as is usual. */
  readonly budgets?: ReportBudgets;
  /** Everything that is not a machine's path: the console and the API. */
  readonly others: RequestListener;
}

/** The machines' door: answers what authorization servers ask for without a framework, and hands on everything else. */
export function createDoor(parts: DoorParts): RequestListener {
  const { board } = parts;
  const { budgets = reportBudgets(parts.ctx.clock) } = parts;
  const door: Door = { ...parts, budgets, exports: new ExportShelf() };
  return (request, response) => {
    // The question that is asked most, answered before anything else is looked at.
    const open = request.method === "GET" && board.openHead(request.url);
    if (open && request.headers.authorization === undefined)
      return answerHead(board, open, request, response);
    const path = pathOf(request.url ?? "/");
    if (!path.startsWith("/v1/") && !path.startsWith("/.well-known/"))
      return handOn(parts, request, response);
    answerMachine(door, path, request, response).catch((error: unknown) => {
      parts.ctx.log.error({ err: error, path }, "a machine could not be answered");
      if (!response.headersSent)
        problem(response, 503, "unavailable", "Rollcall cannot answer right now. Keep what you have.", {
          "retry-after": "5",
        });
      else response.destroy();
    });
  };
}

interface Door extends DoorParts {
  readonly budgets: ReportBudgets;
  readonly exports: ExportShelf;
}

async function answerMachine(
  parts: Door,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { ctx, board, tokens } = parts;
  const [, first, second, third, fourth, fifth, ...rest] = path.split("/");
  if (first === "v1" && second === "consumers" && third && isReportKind(fourth) && fifth === undefined) {
    const { method } = reportKinds[fourth];
    if (request.method !== method) return notAllowed(response, method);
    const actor = await tokens.actorOf(request);
    return answerReport(parts, { kind: fourth, actor, consumerId: third }, request, response);
  }
  if (request.method !== "GET" && request.method !== "HEAD") return notAllowed(response, "GET, HEAD");
  if (path === "/.well-known/cimd-allowlist")
    return sendJson(response, "application/json", "public, max-age=300", await discovery(ctx, board));
  if (path === "/.well-known/jwks.json")
    return sendJson(response, "application/jwk-set+json", "public, max-age=300, stale-if-error=3600", {
      keys: board.keys,
    });
  if (first === "v1" && second === "keys" && fourth === undefined)
    return answerKeys(ctx, third, request, response);
  if (path.startsWith("/v1/log/")) return answerLog(ctx, path.slice("/v1/log/".length), request, response);
  if (first !== "v1" || second !== "lists" || !third || !fourth || rest.length > 0)
    return problem(response, 404, "unknown-path", "There is nothing here. See /.well-known/cimd-allowlist.");
  return answerList(parts, { slug: third, what: fourth, name: fifth }, request, response);
}

async function answerList(
  parts: Door,
  asked: { slug: string; what: string; name: string | undefined },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { ctx, board } = parts;
  const { slug, what, name } = asked;
  const known = board.lists.find(({ audience }) => audience.slug === slug);
  if (!known) return problem(response, 404, "unknown-list", `There is no list called ${slug.slice(0, 64)}.`);
  if (what === "objects" && name && /^[0-9a-f]{64}$/.test(name))
    return answerObject(ctx, name, request, response);
  const actor = await parts.tokens.actorOf(request);
  if (known.audience.isPrivate) {
    if (!actor)
      return problem(response, 401, "unauthorized", "This list is private: send this server's token.", {
        "www-authenticate": "Bearer",
      });
    const subscribed =
      actor.audienceId === known.audience.id || (actor.audienceId === null && actor.role !== "consumer");
    if (!subscribed) return problem(response, 403, "not-subscribed", "This token is for another list.");
  }
  const list = board.list(slug);
  if (!list)
    return problem(response, 503, "not-yet-published", "The first release is being made.", {
      "retry-after": "2",
    });
  if (what === "heads" && name && /^[1-9]\d{0,15}$/.test(name))
    return answerPastHead(ctx, known.audience, Number(name), request, response);
  if (what === "export" && name && known.head) {
    if (actor?.audienceId === known.audience.id) parts.pulls.note(actor.id, list.seq);
    const ask = { list: slug, head: known.head, adapter: name, acceptHost: acceptsHost(request.url) };
    return answerExport(ctx, parts.exports, list, ask, request, response);
  }
  if (what === "bundle" && name === undefined) return answerBundle(ctx, known.head, request, response);
  if (what !== "head" || name !== undefined)
    return problem(
      response,
      404,
      "unknown-object",
      "A list has head, heads/{seq}, objects/{sha256}, bundle and export/{adapter}.",
    );
  // A server may read another's public list: that is not a pull of its own.
  if (actor?.audienceId === known.audience.id) parts.pulls.note(actor.id, list.seq);
  answerHead(board, list, request, response);
}

/** The console must know where it is and who calls: both are said by us, never by the caller. */
function handOn(parts: DoorParts, request: IncomingMessage, response: ServerResponse): void {
  request.headers["x-rollcall-path"] = request.url ?? "/";
  const { config, newToken } = parts.ctx;
  request.headers["x-rollcall-address"] = callerAddress(
    request.socket.remoteAddress ?? "unknown",
    request.headers["x-forwarded-for"]?.toString(),
    config.trustedProxies,
  );
  protectPages(request, response, newToken(), config.baseUrl.startsWith("https:"));
  parts.others(request, response);
}

function sendJson(response: ServerResponse, type: string, cache: string, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    "content-type": type,
    "cache-control": cache,
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function notAllowed(response: ServerResponse, allow: string): void {
  problem(response, 405, "method-not-allowed", `Use ${allow}.`, { allow });
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}
