import { createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { makeAuthority } from "#lib/net/testing/makeAuthority.ts";
import { publisher } from "./publisher.ts";

/**
 * Publishers in a process of their own, so that their CPU is not counted. `/same/…` knows validators and says 304,
 * `/plain/…` sends the same document whole each time, `/new/…` another one each time.
 */
let version = 0;
const document = (host: string, path: string) =>
  JSON.stringify({
    client_id: `https://${host}${path}`,
    client_name: "Example client",
    client_uri: `https://${host}`,
    redirect_uris: [`https://${host}/callback`, "http://127.0.0.1/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    scope: "openid profile email offline_access",
    software_version: path.startsWith("/new/") ? `1.0.${(version += 1)}` : "1.0.0",
  });

const headers = [
  "Date: Sat, 21 Nov 2026 12:00:00 GMT",
  "Cache-Control: no-cache",
  "Access-Control-Allow-Origin: *",
  "Strict-Transport-Security: max-age=63072000",
  "X-Content-Type-Options: nosniff",
  "Server: bench",
].join("\r\n");
const validators = 'ETag: "5f3c1d2e-1a2b"\r\nLast-Modified: Fri, 20 Nov 2026 08:00:00 GMT\r\n';

function answer(request: string): string {
  const path = /^GET (\S+) /.exec(request)?.[1] ?? "";
  const isSame = path.startsWith("/same/");
  if (isSame && /^if-none-match: "5f3c1d2e-1a2b"\r$/im.test(request))
    return `HTTP/1.1 304 Not Modified\r\n${validators}${headers}\r\n\r\n`;
  const body = document(/^host: (.*)\r$/im.exec(request)?.[1] ?? "", path);
  const type = "Content-Type: application/json; charset=utf-8\r\n";
  return `HTTP/1.1 200 OK\r\n${type}Content-Length: ${Buffer.byteLength(body)}\r\n${isSame ? validators : ""}${headers}\r\n\r\n${body}`;
}

const authority = makeAuthority();
const names = Array.from({ length: publisher.hosts }, (_, index) => publisher.host(index));
const server = createServer(authority.issue(names), (socket) => {
  socket.on("error", () => socket.destroy());
  // Every request of the bench fits one read and waits for its answer.
  socket.on("data", (request) => void socket.write(answer(request.toString("latin1"))));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port, caPem: authority.caPem });
});
process.on("disconnect", () => process.exit());
