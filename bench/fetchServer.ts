import { createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { makeAuthority } from "#lib/net/testing/makeAuthority.ts";

/** A publisher in a process of its own, so that its CPU is not counted: a small document for every name, another one each time. */
const document = (host: string, version: number) =>
  JSON.stringify({
    client_id: `https://${host}/client.json`,
    client_name: "Example client",
    client_uri: `https://${host}`,
    redirect_uris: [`https://${host}/callback`, "http://127.0.0.1/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    scope: "openid profile email offline_access",
    software_version: `1.0.${version}`,
  });
const answer = (body: string) =>
  [
    "HTTP/1.1 200 OK",
    "Date: Sat, 21 Nov 2026 12:00:00 GMT",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    'ETag: "5f3c1d2e-1a2b"',
    "Last-Modified: Fri, 20 Nov 2026 08:00:00 GMT",
    "Cache-Control: public, max-age=3600",
    "Access-Control-Allow-Origin: *",
    "Strict-Transport-Security: max-age=63072000",
    "X-Content-Type-Options: nosniff",
    "Server: bench",
    "",
    body,
  ].join("\r\n");

let version = 0;
const authority = makeAuthority();
const server = createServer(authority.issue(["*.example.com"]), (socket) => {
  socket.on("error", () => socket.destroy());
  // Every request of the bench fits one read and waits for its answer.
  socket.on("data", (request) => {
    const host = /^host: (.*)\r$/im.exec(request.toString("latin1"))?.[1] ?? "";
    socket.write(answer(document(host, (version += 1))));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port, caPem: authority.caPem });
});
process.on("disconnect", () => process.exit());
