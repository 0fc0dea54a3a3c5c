import type { ServerResponse } from "node:http";

/** Answers with problem details (RFC 9457). `type` is one of the closed list of docs/allowlist.md. */
export function problem(
  response: ServerResponse,
  status: number,
  type: string,
  detail: string,
  headers: Record<string, string> = {},
  members: Readonly<Record<string, unknown>> = {},
): void {
  const body = JSON.stringify({
    type: `/problems/${type}`,
    title: type.replaceAll("-", " "),
    status,
    detail,
    ...members,
  });
  response.writeHead(status, {
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...headers,
  });
  response.end(body);
}
