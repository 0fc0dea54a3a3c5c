import type { IncomingMessage, ServerResponse } from "node:http";
import type { Board, ServedList } from "./Board.ts";
import { problem } from "./problem.ts";

/** Longest a poll is held, in seconds (docs/allowlist.md §4). */
const longestWait = 30;

/**
 * `GET /v1/lists/{list}/head`: 200 with the head, 304 on a weak match of the ETag, or held with `Prefer: wait=n` until a
 * newer head exists.
 */
export function answerHead(
  board: Board,
  list: ServedList,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!matches(request.headers["if-none-match"], list.etag)) return sendHead(list, request, response);
  const wait = waitOf(request.headers.prefer);
  if (wait === 0) {
    response.writeHead(304, list.headers);
    response.end();
    return;
  }
  holdUntilNews(board, list, wait, request, response);
}

function holdUntilNews(
  board: Board,
  list: ServedList,
  wait: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const finish = (answer: () => void) => {
    clearTimeout(timer);
    forget();
    response.off("close", leave);
    answer();
  };
  const leave = () => finish(() => undefined);
  const timer = setTimeout(
    () =>
      finish(() => {
        response.writeHead(304, {
          ...list.headers,
          "preference-applied": "wait",
          "cache-control": "no-store",
        });
        response.end();
      }),
    wait * 1_000,
  );
  const forget = board.onChange(() => {
    const now = board.list(list.slug);
    if (!now)
      return finish(() => problem(response, 410, "list-retired", "This list is no longer published."));
    if (now.seq !== list.seq)
      finish(() =>
        sendHead(now, request, response, { "preference-applied": "wait", "cache-control": "no-store" }),
      );
  });
  response.on("close", leave);
}

function sendHead(
  list: ServedList,
  request: IncomingMessage,
  response: ServerResponse,
  extra: Record<string, string> = {},
): void {
  response.writeHead(200, { ...list.headers, ...extra, "content-length": Buffer.byteLength(list.jws) });
  response.end(request.method === "HEAD" ? undefined : list.jws);
}

function matches(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false;
  if (given === etag || given === "*") return true;
  return given.split(",").some((part) => part.trim().replace(/^W\//, "") === etag);
}

function waitOf(prefer: string | string[] | undefined): number {
  if (prefer === undefined) return 0;
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})/i.exec(String(prefer))?.[1];
  return seconds === undefined ? 0 : Math.min(Number(seconds), longestWait);
}
