import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createWebServer } from "./createWebServer.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function start(answer: RequestListener, idle?: number): Promise<number> {
  const server = createWebServer(answer, idle).listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** What is said to these bytes until the connection ends. */
async function say(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  let said = "";
  socket.on("data", (part: Buffer) => (said += part.toString("latin1")));
  await once(socket, "close");
  return said;
}

const echo: RequestListener = (request, response) =>
  void response.end(`${request.method} ${request.url} ${request.headers.host}`);

test.each(["websocket", "h2c"])(
  "an offer to go on with %s is answered as if it had not been made",
  async (protocol) => {
    const port = await start(echo);
    const offer = `Upgrade: ${protocol}\r\nConnection: close, Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n`;
    expect(await say(port, `GET /v1/keys HTTP/1.1\r\nHost: h\r\n${offer}\r\n`)).toMatch(
      /^HTTP\/1.1 200 .*GET \/v1\/keys h$/s,
    );
  },
);

test.each([
  ["http://evil.example/clients?a=b", "/clients?a=b"],
  ["http://h/v1/keys", "/v1/keys"],
  ["https://evil.example", "/"],
  ["/v1/keys?u=http://x/y", "/v1/keys?u=http://x/y"],
  ["//evil.example/", "//evil.example/"],
])("the target %s is read as %s", async (target, path) => {
  const port = await start(echo);
  const said = await say(port, `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
  expect(said.split("\r\n\r\n")[1]).toBe(`GET ${path} h`);
});

test.each(["/clients?q=a%00", "/v1/lists/%00/head", "http://h/%00"])(
  "there is nothing at %s",
  async (target) => {
    const port = await start(echo);
    const said = await say(port, `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1.1 404 /);
  },
);

test("TRACE is refused", async () => {
  const port = await start(echo);
  const said = await say(port, "TRACE / HTTP/1.1\r\nHost: h\r\nCookie: secret\r\nConnection: close\r\n\r\n");
  expect(said).toMatch(/^HTTP\/1.1 405 /);
  expect(said).not.toContain("secret");
});

test("who asks for much and reads nothing is let go", async () => {
  let ended: Promise<unknown> | undefined;
  const port = await start((_, response) => {
    ended = once(response, "close");
    response.write("x".repeat(64 * 1024 * 1024));
  }, 50);
  const socket = connect(port, "127.0.0.1").pause();
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  await expect.poll(() => ended).toBeDefined();
  await ended;
  socket.destroy();
});
