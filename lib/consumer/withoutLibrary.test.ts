import { afterEach, beforeEach, describe, expect, it } from "vitest";
// @ts-expect-error The sample of docs/allowlist.md §8 is plain JavaScript.
import { readEntry, readHead } from "../../docs/verify-head.mjs";
import type { Harness } from "./testing/harness.ts";
import { begin, clientId, entries, harness } from "./testing/harness.ts";
import { testKey } from "./testing/publisher.ts";

let h: Harness;
const read = () => readHead(h.publisher.headUrl, h.publisher.baseUrl, begin);

beforeEach(async () => {
  h = await harness();
  await h.publisher.publish({ entries: entries(300) });
});
afterEach(() => h.publisher.close());

describe("a consumer written with jose alone", () => {
  it("finds a client, and does not find a stranger", async () => {
    const head = await read();
    expect(await readEntry(h.publisher.headUrl, head, clientId(7))).toMatchObject({ ref: "req_7" });
    expect(await readEntry(h.publisher.headUrl, head, "https://stranger.example/")).toBeUndefined();
  });

  it.each<[string, Parameters<Harness["publisher"]["sign"]>[0]]>([
    ["expired", { claims: { exp: begin - 60 } }],
    ["of another list", { claims: { sub: "https://gov.example/v1/lists/other/head" } }],
    ["of another typ", { header: { typ: "JWT" } }],
    ["with another header member", { header: { jku: "https://evil.example" } }],
  ])("refuses a head %s", async (_, publication) => {
    h.publisher.serve(await h.publisher.sign(publication));
    await expect(read()).rejects.toThrow();
  });

  it("refuses an unknown kid and a tampered object", async () => {
    const good = await read();
    h.publisher.objects.set(good.root, '{"entries":{},"v":1}');
    await expect(readEntry(h.publisher.headUrl, good, clientId(7))).rejects.toThrow("object");
    h.publisher.serve(await h.publisher.sign({ key: await testKey() }));
    await expect(read()).rejects.toThrow();
  });
});
