import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ConsumerEvent } from "#lib/consumer/ConsumerEvent.ts";
import { createConsumer, type ConsumerOptions } from "#lib/consumer/createConsumer.ts";
import { memoryStore } from "#lib/consumer/memoryStore.ts";
import type { VectorIndex } from "./Vector.ts";

const folder = join(import.meta.dirname, "../../docs/vectors");
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const index = JSON.parse(read("vectors.json")) as VectorIndex;
const { head_url: headUrl, issuer } = index;

/** Our consumer, with files in the place of the publisher. */
function consumerOf(
  files: { head: string | undefined; jwks?: string; objects?: readonly string[]; chain?: readonly string[] },
  options: Partial<ConsumerOptions> = {},
) {
  const served = { ...files, now: 0 };
  const events: ConsumerEvent[] = [];
  const answer = (path: string | undefined) =>
    path !== undefined && existsSync(join(folder, path))
      ? new Response(read(path))
      : new Response(null, { status: 404 });
  const fetch = (async (input: string | URL) => {
    const path = String(input).slice(issuer.length);
    if (path === "/.well-known/jwks.json") return answer(served.jwks);
    if (path === "/v1/lists/prod/head") return answer(served.head);
    const keys = /^\/v1\/keys\/(\d+)$/.exec(path)?.[1];
    if (keys) return answer(served.chain?.[Number(keys) - 1]);
    const name = path.split("/").at(-1) ?? "";
    return answer(
      served.objects?.map((each) => `${each}/${name}`).find((each) => existsSync(join(folder, each))),
    );
  }) as typeof globalThis.fetch;
  const consumer = createConsumer({
    head: headUrl,
    mode: "lazy",
    enforcement: "enforce",
    store: memoryStore(),
    fetch,
    clock: () => served.now * 1_000,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { consumer, served, events };
}

const verdictOf = (outcome: object) => ("code" in outcome ? outcome.code : "ok");

describe("a head", () => {
  test.each(index.heads.map((vector) => [vector.name, vector] as const))("%s", async (_, vector) => {
    const { remembered, min_seq: minSeq, now } = vector;
    const head = minSeq === undefined ? headUrl : `${headUrl}#min_seq=${minSeq}`;
    const store = memoryStore();
    if (remembered) {
      const { consumer, served } = consumerOf({ head: remembered.head, jwks: vector.jwks }, { store });
      served.now = now;
      expect(verdictOf(await consumer.refresh())).toBe("ok");
      expect(consumer.head()).toMatchObject({
        seq: remembered.seq,
        rev: remembered.rev,
        digest: remembered.digest,
      });
    }
    const { consumer, served } = consumerOf(vector, { head, store });
    served.now = now;
    const outcome = await consumer.refresh();
    expect([verdictOf(outcome), vector.what]).toEqual([vector.expect, vector.what]);
  });
});

describe("a client", () => {
  test.each(index.lookups.map((vector) => [vector.name, vector] as const))("%s", async (_, vector) => {
    const { consumer, served } = consumerOf(vector);
    served.now = vector.now;
    expect(verdictOf(await consumer.refresh())).toBe("ok");
    served.now = vector.asked_at ?? vector.now;
    const { decision, reasons } = await consumer.decide(vector.question);
    expect(reasons[0] ?? decision).toBe(vector.expect);
  });
});

describe("key sets", () => {
  test.each(index.key_sets.map((vector) => [vector.name, vector] as const))("%s", async (_, vector) => {
    const { consumer, served, events } = consumerOf(
      { head: vector.head, chain: vector.chain },
      { head: `${headUrl}#root=${vector.root}` },
    );
    served.now = vector.now;
    const outcome = await consumer.refresh();
    const versions = events.flatMap((event) => (event.type === "keys_activated" ? [event.version] : []));
    const refused = events.find((event) => event.type === "keys_refused");
    expect(versions.at(-1) ?? null).toBe(vector.version);
    if (vector.head === undefined) expect(refused?.code ?? "ok").toBe(vector.expect);
    else expect(verdictOf(outcome)).toBe(vector.expect);
  });
});
