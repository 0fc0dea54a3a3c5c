import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Consumer } from "./createConsumer.ts";
import { decide } from "./decide.ts";
import type { Decision, Question } from "./Decision.ts";
import { sightedShape } from "./sightedShape.ts";
import { sightingBook, sightingsUrl } from "./sightingBook.ts";
import { begin, clientId, entries, entry, harness, type Harness } from "./testing/harness.ts";

describe("a sighted shape", () => {
  const listed = entry({
    redirect_uris: [
      { uri: "https://app.example/cb?a=1", match: "exact" },
      { uri: "http://127.0.0.1/cb", match: "loopback_any_port" },
    ],
    grants: [{ resource: "https://mcp.example/tickets?v=2", scopes: [] }],
  });
  it.each<[string, Partial<Question>, object]>([
    ["of nothing", {}, {}],
    [
      "of a loopback redirect",
      { redirect_uri: "http://127.0.0.1:33418/cb" },
      { redirect_uri: "http://127.0.0.1:0/cb" },
    ],
    ["of [::1]", { redirect_uri: "http://[::1]:80" }, { redirect_uri: "http://[::1]:0" }],
    [
      "of a person in a URI of any spelling",
      {
        redirect_uri: "mailto:pat@acme.com",
        resource: ["https:\\\\pat:secret@acme.com/x", "https:pat@acme.com"],
      },
      { redirect_uri: "mailto:acme.com", resource: ["https:\\\\acme.com/x", "https:acme.com"] },
    ],
    [
      "of a port elsewhere",
      { redirect_uri: "https://a.example:8443/" },
      { redirect_uri: "https://a.example:8443/" },
    ],
    [
      "of a listed query",
      { redirect_uri: "https://app.example/cb?a=1" },
      { redirect_uri: "https://app.example/cb?a=1" },
    ],
    [
      "of a strange query",
      { redirect_uri: "https://kim:pw@app.example/cb?login_hint=kim@example.com#x" },
      { redirect_uri: "https://app.example/cb?" },
    ],
    ["of a private scheme", { redirect_uri: "com.example:/cb#me" }, { redirect_uri: "com.example:/cb" }],
    ["of scopes", { scope: "b  a b" }, { scopes: ["a", "b"] }],
    ["of listed scopes", { scopes: ["z", "a"] }, { scopes: ["a", "z"] }],
    [
      "of resources",
      { resource: ["https://mcp.example/tickets?v=2", "https://b.example/?user=kim"] },
      { resource: ["https://b.example/?", "https://mcp.example/tickets?v=2"] },
    ],
    ["without a key", { jkt: null }, { jkt: null }],
    [
      "of the rest, and never of the document",
      {
        jkt: "t",
        grant_type: "g",
        token_endpoint_auth_method: "none",
        document_sha256: "d",
        document: { a: "kim" },
      },
      { jkt: "t", grant_type: "g", token_endpoint_auth_method: "none", document_sha256: "d" },
    ],
  ])("%s", (_, question, shape) => {
    expect(sightedShape({ client_id: "c", ...question }, { entry: listed })).toEqual(shape);
  });
});

describe("the book of sightings", () => {
  let h: Harness;
  let consumer: Consumer;
  beforeEach(async () => {
    h = await harness();
    await h.publisher.publish({ entries: entries(1, { doc_sha256: ["known"] }) });
    consumer = consume();
    await consumer.ready();
  });
  afterEach(() => h.publisher.close());

  const consume = (more = {}) =>
    h.consume({ status: { url: h.publisher.baseUrl, consumerId: "c1", instance: "i-0" }, ...more });
  const ask = (question: Partial<Question> = {}) =>
    consumer.decide({ client_id: clientId(0), redirect_uri: "https://app.example/cb", ...question });

  it("adds up what was asked and sends it when the server stops", async () => {
    await ask();
    h.advance(5);
    await ask();
    await ask({ client_id: "https://stranger.example/c" });
    await ask({ redirect_uri: "https://elsewhere.example/cb" });
    await consumer.stop();
    const [report] = h.publisher.sightings;
    expect(h.publisher.sightings).toHaveLength(1);
    expect(report).toMatchObject({ list: "prod", instance: "i-0", from: begin, to: begin + 5, dropped: 0 });
    expect(report?.batch).toMatch(/^[0-9a-f-]{36}$/);
    expect(report?.sightings).toEqual([
      {
        client_id: clientId(0),
        shape: { redirect_uri: "https://app.example/cb" },
        allowed: 2,
        refused: 0,
        outcomes: {},
        first_at: begin,
        last_at: begin + 5,
      },
      expect.objectContaining({
        client_id: "https://stranger.example/c",
        refused: 1,
        outcomes: { not_listed: 1 },
      }),
      expect.objectContaining({ refused: 1, outcomes: { redirect_not_approved: 1 } }),
    ]);
    await consumer.stop();
    expect(h.publisher.sightings).toHaveLength(1);
  });

  it("tells what was let pass in report-only mode, and counts a question about fetching once", async () => {
    consumer = consume({ enforcement: "report_only" });
    await consumer.allowFetch(clientId(7));
    await ask({ client_id: clientId(7) });
    await consumer.stop();
    expect(h.publisher.sightings[0]?.sightings).toMatchObject([
      { client_id: clientId(7), allowed: 1, refused: 0, outcomes: { not_listed: 1 } },
    ]);
  });

  it("is bounded in what it holds, however much strangers write into their questions", async () => {
    const resource = Array.from({ length: 10 }, (_, n) => `https://r.example/${n}/${"x".repeat(1_000)}`);
    for (let n = 0; n < 600; n++) await ask({ client_id: clientId(n + 1), resource });
    await consumer.stop();
    const sent = h.publisher.sightings.flatMap(({ sightings }) => sightings);
    expect(JSON.stringify(sent).length).toBeLessThan(5_000_000);
    expect(sent.length + h.publisher.sightings.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(600);
  });

  it("keeps what could not be sent and sends it once, with the same id", async () => {
    const bodies: string[] = [];
    let down = true;
    const lossy: typeof fetch = async (url, init) => {
      if (typeof url !== "string" || !url.endsWith("/sightings")) return fetch(url, init);
      bodies.push((JSON.parse(init?.body as string) as { batch: string }).batch);
      if (down) throw new TypeError("down");
      return fetch(url, init);
    };
    consumer = consume({ fetch: lossy });
    await consumer.ready();
    await ask();
    await consumer.stop();
    expect(h.ofType("sightings_failed")).toHaveLength(1);
    await ask();
    down = false;
    await consumer.stop();
    expect(bodies).toHaveLength(3);
    expect(bodies[1]).toBe(bodies[0]);
    expect(h.publisher.sightings.map(({ sightings }) => sightings[0]?.allowed)).toEqual([1, 1]);
  });

  it("is bounded, in lines, in shapes of one client and in the length of a client_id", async () => {
    for (let shape = 0; shape < 25; shape++) await ask({ redirect_uri: `https://app.example/${shape}` });
    await ask({ client_id: `https://a.example/${"x".repeat(2_100)}` });
    await consumer.stop();
    const [report] = h.publisher.sightings;
    expect(report?.sightings).toHaveLength(20);
    expect(report?.dropped).toBe(6);
  });

  it("tells news soon and everything else in its time", async () => {
    consumer = consume({ sightings: { soon: 5 }, wait: 0 });
    await consumer.ready();
    consumer.start();
    await ask({ document_sha256: "known" });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(h.publisher.sightings).toHaveLength(0);
    await ask({ document_sha256: "another" });
    await expect.poll(() => h.publisher.sightings.length).toBe(1);
    await consumer.stop();
  });

  it("says nothing when it is switched off", async () => {
    consumer = consume({ sightings: false });
    await consumer.ready();
    await ask();
    await consumer.stop();
    expect(h.publisher.sightings).toEqual([]);
  });
});

it("splits 2,000 long lines into bodies that a publisher takes, and counts the rest", async () => {
  const sizes: number[] = [];
  let lines = 0;
  const taking: typeof fetch = (_, init) => {
    const body = init?.body as string;
    sizes.push(Buffer.byteLength(body));
    lines += (JSON.parse(body) as { sightings: unknown[] }).sightings.length;
    return Promise.resolve(Response.json({ latest: null }));
  };
  const url = sightingsUrl("https://rollcall.example/v1/consumers/c/status");
  const fixed = { token: "t", list: "prod", instance: "i", clock: () => begin * 1000, emit: () => undefined };
  const book = sightingBook({ ...fixed, url, fetch: taking });
  for (let n = 0; n < 2_100; n++) {
    const question = { client_id: `https://${n}.example/${"ü".repeat(100)}` };
    const decision: Decision = decide({ head: null, found: "none", question, now: begin });
    book.note(question, decision);
  }
  await book.flush();
  expect(url).toBe("https://rollcall.example/v1/consumers/c/sightings");
  expect(lines).toBe(2_000);
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
});
