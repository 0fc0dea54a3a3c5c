import { createSocket } from "node:dgram";
import dns from "node:dns/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createOutbound } from "./createOutbound.ts";
import type { OutboundOptions } from "./createOutbound.ts";
import { makeAuthority } from "./testing/makeAuthority.ts";
import { respond, serve, writeForever } from "./testing/serve.ts";

// The one name that our own resolver does not answer for.
const { lookup } = dns;
const lookUp = (name: string, options: object) =>
  name === "hooks.corp.example"
    ? Promise.resolve([{ address: "169.254.169.254", family: 4 }])
    : lookup(name, options);
beforeAll(() => setLookup(lookUp));
afterAll(() => setLookup(lookup));

function setLookup(it: unknown): void {
  Object.assign(dns, { lookup: it });
  syncBuiltinESMExports();
}

const authority = makeAuthority();
const certificate = authority.issue(["hooks.example.com", "127.0.0.1"]);
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function outbound(more: Partial<OutboundOptions> = {}) {
  return createOutbound({
    now: () => Date.parse("2026-11-21T00:00:00Z"),
    userAgent: "Rollcall/test",
    resolver: { resolve: () => Promise.resolve({ A: ["127.0.0.1"], AAAA: [] }) },
    certificateAuthorities: [authority.caPem],
    notifyHosts: [],
    deadline: 2_000,
    ...more,
  });
}

async function plain(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(async () => void (server.closeAllConnections(), server.close()));
  return (server.address() as AddressInfo).port;
}

async function tls(answer: Parameters<typeof serve>[1]) {
  const served = await serve(certificate, answer);
  open.push(() => served.close());
  return served;
}

const posting = (url: string) => ({ url, headers: { "content-type": "application/json" }, body: '{"a":1}' });

describe("a post", () => {
  test("arrives once, whole, over TLS that was verified", async () => {
    const served = await tls((socket) => socket.write(respond(204, {})));
    const out = outbound({ allowedCidrs: ["127.0.0.0/8"], allowedPorts: [served.port] });
    const posted = await out.post(posting(`https://hooks.example.com:${served.port}/in?x=1`));
    expect(posted).toMatchObject({ outcome: "answered", status: 204 });
    expect(served.heads).toHaveLength(1);
    expect(served.heads[0]).toMatch(/^POST \/in\?x=1 HTTP\/1\.1\r\n/);
    expect(served.heads[0]).toContain("content-length: 7");
    expect(served.heads[0]).not.toMatch(/cookie|referer/i);
  });

  test("never follows a redirect", async () => {
    const served = await tls((socket) =>
      socket.write(respond(307, { Location: "https://127.0.0.1/elsewhere" })),
    );
    const out = outbound({ notifyHosts: [`127.0.0.1:${served.port}`] });
    const posted = await out.post(posting(`https://127.0.0.1:${served.port}/`));
    expect(posted).toMatchObject({ outcome: "answered", status: 307 });
    expect(posted.sentence).toContain("never followed");
    expect(served.heads).toHaveLength(1);
  });

  test("is refused by a server whose certificate is for another name", async () => {
    const served = await tls((socket) => socket.write(respond(204, {})));
    const out = outbound({ allowedCidrs: ["127.0.0.0/8"], allowedPorts: [served.port] });
    const posted = await out.post(posting(`https://other.example.com:${served.port}/`));
    expect(posted.outcome).toBe("failed");
    expect(served.heads).toHaveLength(0);
  });

  test("tells how long to wait, and drops what else is said", async () => {
    const port = await plain((_, response) =>
      response.writeHead(503, { "retry-after": "120" }).end("x".repeat(1_000_000)),
    );
    const posted = await outbound({ notifyHosts: ["127.0.0.1"] }).post(posting(`http://127.0.0.1:${port}/`));
    expect(posted).toEqual({
      outcome: "answered",
      status: 503,
      retryAfter: 120_000,
      sentence: "The receiver answered with status 503.",
    });
  });

  test("ends at its deadline, whether the server is silent or never ends", async () => {
    const silent = await plain(() => {});
    const out = outbound({ notifyHosts: ["127.0.0.1"], deadline: 120 });
    expect(await out.post(posting(`http://127.0.0.1:${silent}/`))).toMatchObject({ outcome: "failed" });
    const endless = await tls((socket) => writeForever(socket, "HTTP/1.1 103 Early Hints\r\n\r\n"));
    expect(await out.post(posting(`https://127.0.0.1:${endless.port}/`))).toMatchObject({
      outcome: "failed",
    });
  });

  test.each(["HTTP/1.1 000 Nothing\r\n\r\n", "HTTP/1.1 099 Less\r\nContent-Length: 0\r\n\r\n"])(
    "answered with %j has failed",
    async (answer) => {
      const served = await tls((socket) => socket.write(answer));
      const out = outbound({ allowedCidrs: ["127.0.0.0/8"], allowedPorts: [served.port] });
      const posted = await out.post(posting(`https://hooks.example.com:${served.port}/`));
      expect(posted).toMatchObject({ outcome: "failed", sentence: expect.stringContaining("which is none") });
    },
  );

  test("to a port where nobody listens has failed", async () => {
    const posted = await outbound({ notifyHosts: ["127.0.0.1"] }).post(posting("http://127.0.0.1:9/"));
    expect(posted).toMatchObject({ outcome: "failed", sentence: expect.stringContaining("ECONNREFUSED") });
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/",
    "https://[fd00:ec2::254]/",
    "https://10.0.0.7/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://localhost/",
    "https://intranet/",
    "https://hooks.example.com/",
    "https://hooks.example.com:8443/",
    "http://hooks.example.com/",
    "https://user:pass@hooks.example.com/",
    "ftp://hooks.example.com/",
    "not a url",
  ])("to %s is refused", async (url) => {
    const posted = await outbound().post(posting(url));
    expect(posted.outcome).toBe("refused");
    expect(posted.status).toBeUndefined();
  });

  test("goes to a listed name, for the listed port only, but never to where clouds keep credentials", async () => {
    const port = await plain((_, response) => response.writeHead(200).end());
    const out = outbound({ notifyHosts: [`localhost:${port}`, "hooks.corp.example"] });
    expect(await out.post(posting(`http://localhost:${port}/`))).toMatchObject({ status: 200 });
    expect(await out.post(posting("http://localhost:9/"))).toMatchObject({ outcome: "refused" });
    const bound = await out.post(posting("https://hooks.corp.example/"));
    expect(bound).toMatchObject({ outcome: "refused", sentence: expect.stringContaining("169.254.169.254") });
  });
});

test("a socket obeys the same rules", async () => {
  const served = await tls(() => {});
  const target = { host: "127.0.0.1", port: served.port, openPorts: [6_514], tls: true };
  expect(await outbound().openSocket(target)).toMatchObject({ outcome: "refused" });
  expect(await outbound().openSocket({ ...target, host: "169.254.169.254" })).toMatchObject({
    outcome: "refused",
  });
  const opened = await outbound({ notifyHosts: ["127.0.0.1"] }).openSocket(target);
  if (!("socket" in opened)) throw new Error(opened.sentence);
  opened.socket.destroy();
});

test("a datagram obeys the same rules", async () => {
  const receiver = createSocket("udp4").bind(0, "127.0.0.1");
  await once(receiver, "listening");
  const target = { host: "127.0.0.1", port: receiver.address().port, openPorts: [514] };
  const bytes = Buffer.from("hello");
  expect(await outbound().sendDatagram(target, bytes)).toMatchObject({ outcome: "refused" });
  const arriving = once(receiver, "message");
  expect(await outbound({ notifyHosts: ["127.0.0.1"] }).sendDatagram(target, bytes)).toMatchObject({
    outcome: "answered",
  });
  expect(String((await arriving)[0])).toBe("hello");
  receiver.close();
});
