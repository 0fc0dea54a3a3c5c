import { once } from "node:events";
import { createServer as createPlainServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { TLSSocket, TlsOptions } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Answers } from "#lib/core/address/judgeAnswers.ts";
import type { FetchKind } from "#lib/core/fetch/Fetched.ts";
import { createNet } from "./createNet.ts";
import type { Limits, Net, NetOptions, Resolver } from "./NetOptions.ts";
import { makeAuthority } from "./testing/makeAuthority.ts";
import { respond, serve, writeForever } from "./testing/serve.ts";
import type { Served } from "./testing/serve.ts";

const authority = makeAuthority();
const certificate = authority.issue(["app.example.com", "other.example.com"]);
const json = { "Content-Type": "application/json" };
const ok = respond(200, json, "{}");

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of open.splice(0)) await each.close();
});

type Answer = (socket: TLSSocket, head: string, served: Served) => void;

function resolverOf(answers: unknown): Resolver & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async resolve(host) {
      asked.push(host);
      return (typeof answers === "function" ? answers(asked.length) : answers) as Answers;
    },
  };
}

async function stage(answer: Answer | string, more: Partial<NetOptions> = {}, tls: TlsOptions = {}) {
  const reply: Answer = typeof answer === "string" ? (socket) => socket.write(answer) : answer;
  const served = await serve({ ...certificate, ...tls }, reply);
  const net = netFor(served.port, more);
  open.push(net, served);
  const base = `https://app.example.com:${served.port}`;
  const get = (path = "/c.json", kind: FetchKind = "document") => net.fetch({ url: base + path, kind });
  return { served, net, base, get };
}

function netFor(port: number, more: Partial<NetOptions> = {}): Net {
  return createNet({
    clock: () => performance.now(),
    now: () => Date.parse("2026-11-21T00:00:00Z"),
    userAgent: "Rollcall/test",
    resolver: resolverOf({ A: ["127.0.0.1"], AAAA: [] }),
    certificateAuthorities: [authority.caPem],
    allowedCidrs: ["127.0.0.0/8"],
    allowedPorts: [port],
    ...more,
    limits: { deadline: 5_000, ...more.limits },
  });
}

const soon: { limits: Partial<Limits> } = { limits: { deadline: 150 } };

describe("a good answer", () => {
  test("comes back whole, with the evidence of the connection", async () => {
    const { get, served, base } = await stage(
      respond(200, { ...json, ETag: '"1"', "X-Two": "a" }, '{"a":1}'),
    );
    const fetched = await get();
    expect(fetched).toMatchObject({
      url: `${base}/c.json`,
      kind: "document",
      outcome: "ok",
      status: 200,
      bytes: 7,
      address: "127.0.0.1",
      headers: { "content-type": "application/json", etag: '"1"', "x-two": "a" },
    });
    expect(Buffer.from(fetched.body ?? []).toString()).toBe('{"a":1}');
    expect(fetched.tls).toMatchObject({
      protocol: "TLSv1.3",
      issuer: "CN=Rollcall test authority",
      subject: "CN=app.example.com",
      validFrom: "2024-01-01T00:00:00.000Z",
      validTo: "2049-01-01T00:00:00.000Z",
    });
    expect(fetched.tls?.certificateSha256).toMatch(/^[0-9a-f]{64}$/);
    const head = served.heads[0] ?? "";
    expect(head).toMatch(/^GET \/c\.json HTTP\/1\.1\r\n/);
    expect(head).toContain("accept-encoding: identity");
    expect(head).toContain("user-agent: Rollcall/test");
    expect(head.toLowerCase()).not.toMatch(/cookie|traceparent|referer|origin:/);
  });

  test("may be chunked, and sent to a path with a query", async () => {
    const { get, served } = await stage(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    );
    const fetched = await get("/c?x=1&y");
    expect(Buffer.from(fetched.body ?? []).toString()).toBe("abcde");
    expect(served.heads[0]).toMatch(/^GET \/c\?x=1&y HTTP/);
  });

  test("is not asked for twice: a conditional request ends in not_modified", async () => {
    const { net, base, served } = await stage('HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n');
    const validators = { etag: '"1"', lastModified: "Sat, 21 Nov 2026 00:00:00 GMT" };
    const fetched = await net.fetch({ url: `${base}/c`, kind: "document", validators });
    expect(fetched).toMatchObject({ outcome: "not_modified", status: 304, bytes: 0 });
    expect(fetched.body).toBeUndefined();
    expect(served.heads[0]).toContain('if-none-match: "1"');
    expect(served.heads[0]).toContain("if-modified-since: Sat, 21 Nov 2026");
  });

  test("sends no validator that could break a header", async () => {
    const { net, base, served } = await stage(ok);
    await net.fetch({
      url: `${base}/c`,
      kind: "document",
      validators: { etag: '"a"\r\nX-Evil: 1', lastModified: "ü" },
    });
    expect(served.heads[0]).not.toMatch(/evil|if-/i);
  });

  test("of a key set may be larger than a document", async () => {
    const { get } = await stage(respond(200, json, "x".repeat(60_000)));
    expect(await get("/c", "document")).toMatchObject({ outcome: "too_large" });
    expect(await get("/c", "jwks")).toMatchObject({ outcome: "ok", bytes: 60_000 });
    expect(await get("/c", "metadata")).toMatchObject({ outcome: "ok", bytes: 60_000 });
  });
});

describe("the status", () => {
  const page = { "Content-Type": "text/html; charset=UTF-8" };
  test.each([
    [301, { Location: "https://evil.example.com/" }, "redirect"],
    [302, { Location: "http://169.254.169.254/" }, "redirect"],
    [307, {}, "redirect"],
    [304, {}, "protocol_error"],
    [204, {}, "protocol_error"],
    [206, json, "protocol_error"],
    [400, json, "client_error"],
    [401, json, "client_error"],
    [403, json, "client_error"],
    [403, page, "challenged"],
    [404, page, "not_found"],
    [410, json, "not_found"],
    [429, json, "rate_limited"],
    [429, page, "challenged"],
    [429, { ...page, "Retry-After": "60" }, "rate_limited"],
    [500, page, "server_error"],
    [503, json, "server_error"],
    [503, page, "challenged"],
    [503, { ...page, "Retry-After": "60" }, "server_error"],
    [200, { ...page, "cf-mitigated": "challenge" }, "challenged"],
    [202, { "x-amzn-waf-action": "challenge" }, "challenged"],
  ])("%i with %j is %s", async (status, headers, outcome) => {
    const { get, served } = await stage(respond(status, headers));
    const fetched = await get();
    expect(fetched).toMatchObject({ outcome, status });
    expect(fetched.sentence).toMatch(/^[A-Z].*\.$/s);
    expect(fetched.body).toBeUndefined();
    expect(served.heads).toHaveLength(1);
  });

  test("of a redirect is recorded with its target and not followed", async () => {
    const { get } = await stage(respond(302, { Location: "https://other.example.com/" }));
    expect(await get()).toMatchObject({ outcome: "redirect", location: "https://other.example.com/" });
  });

  test("of a redirect, and an encoding, are told without what a terminal would obey", async () => {
    const told = async (answer: string) =>
      (await (await stage((socket) => socket.end(answer))).get()).sentence;
    const redirect = await told("HTTP/1.1 302 To\r\nLocation: https://evil.dev/\u009b2J\u0085\r\n\r\n");
    const encoded = await told("HTTP/1.1 200 OK\r\nContent-Encoding: \u009b31m\r\n\r\n{}");
    expect(redirect + encoded).not.toMatch(/\p{Cc}/u);
  });

  test("may come with Retry-After", async () => {
    const { get } = await stage(respond(429, { "Retry-After": "120" }));
    expect(await get()).toMatchObject({ retryAfter: 120_000 });
  });
});

describe("the URL", () => {
  test.each([
    "http://app.example.com/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://localhost/",
    "https://a.example.com:22/",
    "nonsense",
  ])("%s is refused before DNS", async (url) => {
    const resolver = resolverOf({ A: ["127.0.0.1"], AAAA: [] });
    const net = netFor(443, { resolver });
    open.push(net);
    expect(await net.fetch({ url, kind: "document" })).toMatchObject({ outcome: "refused_url", bytes: 0 });
    expect(resolver.asked).toEqual([]);
  });
});

describe("DNS", () => {
  const many = Array.from({ length: 65 }, () => "127.0.0.1");
  test.each([
    ["a private address", { A: ["10.0.0.1"], AAAA: [] }, "refused_address"],
    ["the metadata service", { A: ["169.254.169.254"], AAAA: [] }, "refused_address"],
    ["good and bad answers", { A: ["127.0.0.1", "10.0.0.1"], AAAA: [] }, "refused_address"],
    ["a bad answer in the other family", { A: ["127.0.0.1"], AAAA: ["::1"] }, "refused_address"],
    ["a mapped address", { A: [], AAAA: ["::ffff:127.0.0.1"] }, "refused_address"],
    ["65 answers", { A: many, AAAA: [] }, "refused_address"],
    ["nonsense", { A: ["nonsense"], AAAA: [] }, "refused_address"],
    ["nothing readable", null, "refused_address"],
    ["no address", { A: [], AAAA: [] }, "dns_error"],
  ])("with %s: no connection", async (_name, answers, outcome) => {
    const { get, served } = await stage(ok, { resolver: resolverOf(answers) });
    expect(await get()).toMatchObject({ outcome });
    expect(served.connections).toBe(0);
  });

  test("that fails or never answers is an outcome", async () => {
    const failing = () => Promise.reject(Object.assign(new Error("no"), { code: "ESERVFAIL" }));
    const { get } = await stage(ok, { resolver: { resolve: failing } });
    expect(await get()).toMatchObject({
      outcome: "dns_error",
      sentence: expect.stringContaining("ESERVFAIL"),
    });
    const throwing = () => {
      throw new Error("at once");
    };
    const second = await stage(ok, { resolver: { resolve: throwing } });
    expect(await second.get()).toMatchObject({ outcome: "dns_error" });
    const { get: hang } = await stage(ok, { ...soon, resolver: { resolve: () => new Promise(() => {}) } });
    expect(await hang()).toMatchObject({ outcome: "timeout" });
    expect(await hang()).toMatchObject({ outcome: "timeout" });
  });

  test("is asked once per connection: rebinding meets no second look-up, and a new connection is checked again", async () => {
    const answers = (time: number) => ({ A: [time === 1 ? "127.0.0.1" : "10.0.0.1"], AAAA: [] });
    const resolver = resolverOf(answers);
    const { get, served } = await stage(
      (socket, _head, { heads }) => {
        socket.write(ok);
        if (heads.length === 2) socket.end();
      },
      { resolver },
    );
    expect(await get()).toMatchObject({ outcome: "ok" });
    expect(await get()).toMatchObject({ outcome: "ok" });
    expect(resolver.asked).toHaveLength(1);
    expect(await get()).toMatchObject({ outcome: "refused_address" });
    expect(served.connections).toBe(1);
  });

  test("addresses are tried in order until one answers", async () => {
    const { get } = await stage(ok, { resolver: resolverOf({ A: ["127.9.9.9", "127.0.0.1"], AAAA: [] }) });
    expect(await get()).toMatchObject({ outcome: "ok", address: "127.0.0.1" });
  });

  test("an address of this machine is refused although its block is open", async () => {
    const { get, served } = await stage(ok, { ownAddresses: ["127.0.0.1"] });
    expect(await get()).toMatchObject({ outcome: "refused_address" });
    expect(served.connections).toBe(0);
  });

  test("without an exception, loopback is refused", async () => {
    const { get, served } = await stage(ok, { allowedCidrs: [] });
    expect(await get()).toMatchObject({ outcome: "refused_address" });
    expect(served.connections).toBe(0);
  });
});

describe("TLS", () => {
  const expired = authority.issue(["app.example.com"], { notAfter: new Date("2024-02-01T00:00:00Z") });
  const future = authority.issue(["app.example.com"], { notBefore: new Date("2048-01-01T00:00:00Z") });
  test.each<[string, TlsOptions, string]>([
    ["for another name", authority.issue(["wrong.example.com"]), "another name"],
    ["that has expired", expired, "expired"],
    ["that is not valid yet", future, "not valid yet"],
    ["of an unknown authority", makeAuthority().issue(["app.example.com"]), "trusted"],
    ["for the address only", authority.issue(["127.0.0.1"]), "another name"],
  ])("a certificate %s is refused, whatever the environment says", async (_name, tls, words) => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const { get, served } = await stage(ok, {}, tls);
    const fetched = await get();
    expect(fetched).toMatchObject({ outcome: "tls_error", address: "127.0.0.1" });
    expect(fetched.sentence).toContain(words);
    expect(served.heads).toEqual([]);
  });

  test("older than 1.2 is refused", async () => {
    const old: TlsOptions = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" };
    const { get } = await stage(ok, {}, old);
    expect(await get()).toMatchObject({ outcome: "tls_error", sentence: expect.stringContaining("1.2") });
  });

  test("1.2 is spoken, and each connection shows its certificate anew", async () => {
    const { get } = await stage(
      (socket) => socket.end(respond(200, { ...json, Connection: "close" }, "{}")),
      {},
      { maxVersion: "TLSv1.2" },
    );
    const [first, second] = [await get(), await get()];
    expect(first.tls).toMatchObject({ protocol: "TLSv1.2" });
    expect(second.tls).toEqual(first.tls);
  });

  test("a port that speaks something else, hangs up or says nothing is an outcome", async () => {
    const replies = [
      (socket: { end(text?: string): void }) => socket.end("HTTP/1.1 400 Plain\r\n\r\n"),
      (socket: { end(): void }) => socket.end(),
      () => {},
    ];
    const outcomes: string[] = [];
    for (const reply of replies) {
      const plain = createPlainServer((socket) => {
        socket.on("error", () => {});
        reply(socket);
      }).listen(0, "127.0.0.1");
      await once(plain, "listening");
      const { port } = plain.address() as AddressInfo;
      const net = netFor(port, soon);
      outcomes.push((await net.fetch({ url: `https://app.example.com:${port}/`, kind: "document" })).outcome);
      await net.close();
      plain.close();
    }
    expect(outcomes).toEqual(["tls_error", "tls_error", "timeout"]);
  });
});

describe("size", () => {
  test("a Content-Length over the cap is refused unread", async () => {
    const { get } = await stage(respond(200, { ...json, "Content-Length": "10000000" }));
    expect(await get()).toMatchObject({ outcome: "too_large", bytes: 0 });
  });

  test("10 MB without a length are cut off at the cap", async () => {
    const { get } = await stage((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      writeForever(socket, `400\r\n${"x".repeat(1024)}\r\n`, 10 * 1024 * 1024);
    });
    const fetched = await get();
    expect(fetched).toMatchObject({ outcome: "too_large" });
    expect(fetched.body).toBeUndefined();
    expect(fetched.bytes).toBeLessThan(64 * 1024);
  });

  test.each([
    [
      "endless chunk extensions",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
      "x".repeat(1024),
      "too_large",
    ],
    [
      "endless small chunks' extensions",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
      `1;${"x".repeat(1020)}\r\n{\r\n`,
      "too_large",
    ],
    [
      "endless trailers",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
      `X: ${"x".repeat(1020)}\r\n`,
      "too_large",
    ],
    ["an endless header", "HTTP/1.1 200 OK\r\nX: ", "x".repeat(1024), "too_large"],
    ["an endless status line", "HTTP/1.1 200 ", "x".repeat(1024), "too_large"],
    ["endless headers", "HTTP/1.1 200 OK\r\n", "X: y\r\n", "too_large"],
    ["endless interim responses", "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", "either"],
  ])("%s end", async (_name, start, again, outcome) => {
    const { get } = await stage((socket) => {
      socket.write(start);
      writeForever(socket, again);
    });
    // Whichever limit is met first: the count or the wire.
    const expected = outcome === "either" ? expect.stringMatching(/^(protocol_error|too_large)$/) : outcome;
    expect(await get()).toMatchObject({ outcome: expected });
  });

  test("few interim responses are passed over, five are too many", async () => {
    const { get } = await stage("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(4) + ok);
    expect(await get()).toMatchObject({ outcome: "ok", status: 200 });
    const more = await stage("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(5) + ok);
    expect(await more.get()).toMatchObject({ outcome: "protocol_error" });
  });

  test("101 headers and 17 KB of headers are too many", async () => {
    const { get } = await stage((socket, head) => {
      const size = head.includes("/many") ? 1 : 17_000;
      const names = Array.from({ length: head.includes("/many") ? 101 : 1 }, (_, index) => `X-${index}`);
      socket.write(
        `HTTP/1.1 200 OK\r\n${names.map((name) => `${name}: ${"x".repeat(size)}\r\n`).join("")}\r\n`,
      );
    });
    expect(await get("/many")).toMatchObject({ outcome: "too_large" });
    expect(await get("/large")).toMatchObject({ outcome: "too_large" });
  });

  test.each(["gzip", "br", "identity", "x"])("Content-Encoding %s is refused unread", async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024)).toString("latin1");
    const { get } = await stage((socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bomb.length}\r\n\r\n`,
      );
      socket.write(bomb, "latin1");
    });
    expect(await get()).toMatchObject({ outcome: "bad_encoding", bytes: 0 });
  });

  test("a compressed transfer is refused unread", async () => {
    const { get } = await stage("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    expect(await get()).toMatchObject({ outcome: "bad_encoding" });
  });

  test("limits are settings", async () => {
    const { get } = await stage(respond(200, json, "x".repeat(200)), {
      limits: { documentBytes: 100, jwksBytes: 200 },
    });
    expect(await get("/", "document")).toMatchObject({ outcome: "too_large" });
    expect(await get("/", "jwks")).toMatchObject({ outcome: "ok" });
  });
});

describe("time", () => {
  test.each<[string, string, string]>([
    ["says nothing", "", ""],
    ["drips a header", "HTTP/1.1 200 OK\r\nX: ", "x"],
    ["drips a body", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", "x"],
  ])("a server that %s meets the deadline", async (_name, start, drop) => {
    const { get } = await stage((socket) => {
      socket.write(start);
      const drip = setInterval(() => socket.write(drop), 10);
      socket.on("close", () => clearInterval(drip));
    }, soon);
    const fetched = await get();
    expect(fetched).toMatchObject({ outcome: "timeout", address: "127.0.0.1" });
    expect(fetched.body).toBeUndefined();
  });

  test("after a deadline the origin is asked again on a new connection", async () => {
    const { get, served } = await stage((socket, head) => {
      if (!head.includes("/slow")) socket.write(ok);
    }, soon);
    const [slow, next] = await Promise.all([get("/slow"), get("/next")]);
    expect(slow).toMatchObject({ outcome: "timeout" });
    expect(next).toMatchObject({ outcome: "ok" });
    expect(served.connections).toBe(2);
  });
});

describe("broken answers", () => {
  test.each([
    ["no HTTP", "hello\r\n\r\n"],
    ["a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\n{}"],
    ["a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}"],
    ["a signed length", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    ["a list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}"],
    [
      "a length and chunks",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ],
    ["a bad chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"],
    ["an upgrade nobody asked for", "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"],
    ["a status that is none", "HTTP/1.1 000 Nothing\r\n\r\n"],
    ["a status below a hundred", "HTTP/1.1 099 Less\r\nContent-Length: 2\r\n\r\n{}"],
    ["a bare line feed in a header", "HTTP/1.1 200 OK\r\nX: a\nY: b\rZ: c\r\n\r\n"],
  ])("%s", async (_name, answer) => {
    const { get } = await stage((socket) => socket.end(answer));
    expect(await get()).toMatchObject({ outcome: "protocol_error" });
  });

  test("a connection closed before, or in the middle of, the answer", async () => {
    const { get } = await stage((socket, head) => {
      socket.end(head.includes("/half") ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc" : "");
    });
    expect(await get("/none")).toMatchObject({ outcome: "connect_error" });
    expect(await get("/half")).toMatchObject({ outcome: "protocol_error" });
  });

  test("nobody listens", async () => {
    const { served, get } = await stage(ok);
    await served.close();
    served.close = async () => {};
    expect(await get()).toMatchObject({
      outcome: "connect_error",
      sentence: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("a second answer sent with the first is not taken for the next", async () => {
    const { get } = await stage((socket, head) => {
      socket.write(
        head.includes("/first") ? ok + respond(200, json, '{"smuggled":1}') : respond(200, json, '{"b":2}'),
      );
    });
    expect(await get("/first")).toMatchObject({ outcome: "ok" });
    expect(Buffer.from((await get("/second")).body ?? []).toString()).toBe('{"b":2}');
  });
});

describe("connections", () => {
  test("one per origin, one request at a time", async () => {
    let underWay = 0;
    let most = 0;
    const { get, served } = await stage((socket) => {
      most = Math.max(most, (underWay += 1));
      setImmediate(() => {
        underWay -= 1;
        socket.write(ok);
      });
    });
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => get(`/${index}`)));
    expect(all.map((each) => each.outcome)).toEqual(all.map(() => "ok"));
    expect([served.connections, most]).toEqual([1, 1]);
  });

  test("the wire is counted per answer, not per connection", async () => {
    const { get } = await stage(respond(200, json, "x".repeat(5_000)));
    for (let index = 0; index < 40; index += 1) expect(await get()).toMatchObject({ outcome: "ok" });
  });

  test("a kept connection that the server dropped is replaced once", async () => {
    const { get, served } = await stage((socket, _head, { heads }) => {
      if (heads.length === 2) socket.destroy();
      else socket.write(ok);
    });
    expect(await get()).toMatchObject({ outcome: "ok" });
    expect(await get()).toMatchObject({ outcome: "ok" });
    expect([served.connections, served.heads.length]).toEqual([2, 3]);
  });

  test("two names on one address have a connection each, with their own name in TLS", async () => {
    const { net, served, get } = await stage(ok);
    await get();
    await net.fetch({ url: `https://other.example.com:${served.port}/`, kind: "document" });
    expect(served.connections).toBe(2);
  });

  test("leave by the egress port where a gateway forwards from it, under the name and port of the URL", async () => {
    const served = await serve(certificate, (socket) => socket.write(ok));
    const net = netFor(443, { egressPort: served.port });
    open.push(net, served);
    expect(await net.fetch({ url: "https://app.example.com/c", kind: "document" })).toMatchObject({
      outcome: "ok",
    });
    expect(served.heads[0]).toContain("host: app.example.com\r\n");
  });

  test("proxies of the environment are not used", async () => {
    const proxy = createPlainServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    let asked = 0;
    proxy.on("connection", () => (asked += 1));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"])
      vi.stubEnv(name, address);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const { get } = await stage(ok);
    expect(await get()).toMatchObject({ outcome: "ok" });
    expect(asked).toBe(0);
    proxy.close();
  });

  test("closing ends what is under way and what waits, and refuses what comes after", async () => {
    const { net, get } = await stage(() => {});
    const pending = [get("/1"), get("/2"), get("/3")];
    await new Promise((resolve) => setImmediate(resolve));
    await net.close();
    for (const each of await Promise.all(pending)) expect(each.outcome).toBe("connect_error");
    expect(await get()).toMatchObject({ outcome: "connect_error" });
  });
});

test("options that cannot be read are told at once", () => {
  expect(() => netFor(443, { allowedCidrs: ["10.0.0.0/40"] })).toThrow("10.0.0.0/40");
  expect(() => netFor(443, { ownAddresses: ["here"] })).toThrow("here");
});

describe("a name alone", () => {
  test("is looked up without a connection; what the operator opened is told apart", async () => {
    const net = netFor(443, { resolver: resolverOf({ A: ["93.184.215.14", "127.0.0.1"], AAAA: ["::1"] }) });
    open.push(net);
    expect(await net.resolve("app.example.com")).toEqual({
      addresses: ["93.184.215.14", "127.0.0.1", "::1"],
      opened: ["127.0.0.1"],
    });
  });
  test("has no address, or DNS does not say", async () => {
    const none = netFor(443, { resolver: resolverOf({ A: [], AAAA: [] }) });
    const broken = netFor(443, { resolver: { resolve: () => Promise.reject(new Error("SERVFAIL")) } });
    open.push(none, broken);
    expect(await none.resolve("gone.example.com")).toEqual({ addresses: [], opened: [] });
    expect(await broken.resolve("app.example.com")).toBeUndefined();
    const silent = netFor(443, {
      resolver: { resolve: () => new Promise(() => undefined) },
      limits: { nameDeadline: 20 },
    });
    open.push(silent);
    expect(await silent.resolve("app.example.com")).toBeUndefined();
  });
});
