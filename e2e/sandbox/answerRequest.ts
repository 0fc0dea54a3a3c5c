import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";
import type { Fault } from "./SandboxDocument.ts";
import type { SandboxWorld, Served } from "./SandboxWorld.ts";

const challengePage =
  "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>\n";

/** Serves one request of the sandbox's HTTPS side, or misbehaves as the world says, and notes it in the request log. */
export function answerRequest(world: SandboxWorld, request: IncomingMessage, response: ServerResponse): void {
  const host = (request.headers.host || String((request.socket as TLSSocket).servername)).replace(
    /:\d+$/,
    "",
  );
  const url = `https://${host}${request.url ?? "/"}`;
  const note = (status: number) =>
    world.requests.push({ url, method: request.method ?? "", headers: plain(request), status });

  const fault = world.faultOf(url);
  if (fault?.kind === "reset") {
    note(0);
    reset(request.socket as TLSSocket);
    return;
  }
  const served = conditional(request, withFault(world.find(url), fault));
  note(served.status);
  const send = () => sendBody(response, served, fault);
  if (fault?.kind !== "slow") return send();
  const timer = setTimeout(send, fault.milliseconds);
  response.once("close", () => clearTimeout(timer));
}

function withFault(served: Served, fault: Fault | undefined): Served {
  switch (fault?.kind) {
    case "status":
      return {
        status: fault.status,
        headers: { "content-type": "text/plain", ...fault.headers },
        bytes: Buffer.alloc(0),
      };
    case "challenge":
      return {
        status: 403,
        headers: {
          "content-type": "text/html; charset=UTF-8",
          "cf-mitigated": "challenge",
          server: "cloudflare",
        },
        bytes: Buffer.from(challengePage),
      };
    case "redirect":
      return { status: fault.status ?? 302, headers: { location: fault.location }, bytes: Buffer.alloc(0) };
    case "gzip":
      return {
        ...served,
        headers: { ...served.headers, "content-encoding": "gzip" },
        bytes: gzipSync(served.bytes),
      };
    case "oversized":
      return {
        ...served,
        bytes: Buffer.concat([
          served.bytes,
          Buffer.alloc(Math.max(0, fault.bytes - served.bytes.length), " "),
        ]),
      };
    default:
      return served;
  }
}

/** A TLS socket has no reset of its own: the TCP socket below it has. */
function reset(socket: TLSSocket & { _parent?: Socket }): void {
  if (socket._parent) socket._parent.resetAndDestroy();
  socket.destroy();
}

/** RFC 9110 §13: If-None-Match before If-Modified-Since. */
function conditional(request: IncomingMessage, served: Served): Served {
  const { etag, "last-modified": modified } = served.headers;
  const asked = request.headers["if-none-match"];
  const weak = (tag: string) => tag.trim().replace(/^W\//, "");
  const fresh =
    asked !== undefined
      ? etag !== undefined && asked.split(",").map(weak).includes(weak(etag))
      : modified !== undefined && request.headers["if-modified-since"] === modified;
  return served.status === 200 && fresh ? { ...served, status: 304, bytes: Buffer.alloc(0) } : served;
}

function sendBody(response: ServerResponse, served: Served, fault: Fault | undefined): void {
  const declared = !(fault?.kind === "oversized" && fault.declared === false) && served.status !== 304;
  const length = declared ? { "content-length": String(served.bytes.length) } : {};
  response.writeHead(served.status, { ...served.headers, ...length });
  if (fault?.kind !== "drip") {
    response.end(served.bytes);
    return;
  }
  let at = 0;
  const timer = setInterval(() => {
    response.write(served.bytes.subarray(at, at + fault.bytes));
    at += fault.bytes;
    if (at >= served.bytes.length) response.end();
  }, fault.milliseconds);
  response.once("close", () => clearInterval(timer));
}

function plain(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}
