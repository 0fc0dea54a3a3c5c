import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createResolver } from "./createResolver.ts";

const [typeA, typeAAAA] = [1, 28];
const [noError, serverFailure, noSuchName] = [0, 2, 3];

/** What the DNS server of this test says: a code and the records of each type. */
const zone: Record<string, { code: number; A?: string; AAAA?: string; failing?: number }> = {
  "both.example.com": { code: noError, A: "01010101", AAAA: "26064700000000000000000000000001" },
  "four.example.com": { code: noError, A: "01010101" },
  "half.example.com": { code: noError, A: "01010101", failing: typeAAAA },
  "gone.example.com": { code: noSuchName },
  "broken.example.com": { code: serverFailure },
};

let dns: Socket;
let server: string;
let waiting: (() => void)[] = [];
let isHolding = false;

beforeAll(async () => {
  dns = createSocket("udp4");
  dns.on("message", (query, from) => {
    const reply = () => dns.send(answerTo(query), from.port, from.address);
    if (isHolding) waiting.push(reply);
    else reply();
  });
  dns.bind(0, "127.0.0.1");
  await once(dns, "listening");
  server = `127.0.0.1:${dns.address().port}`;
});
afterAll(() => dns.close());

function answerTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + size));
    at += size + 1;
  }
  const type = query.readUInt16BE(at + 1);
  const question = query.subarray(12, at + 5);
  const known = zone[labels.join(".").toLowerCase()];
  const code = known === undefined ? noSuchName : known.failing === type ? serverFailure : known.code;
  const data = Buffer.from(
    (type === typeA ? known?.A : type === typeAAAA ? known?.AAAA : undefined) ?? "",
    "hex",
  );
  const hasAnswer = code === noError && data.length > 0;
  const head = Buffer.from([
    query[0] ?? 0,
    query[1] ?? 0,
    0x81,
    0x80 | code,
    0,
    1,
    0,
    hasAnswer ? 1 : 0,
    0,
    0,
    0,
    0,
  ]);
  const record = Buffer.from([0xc0, 0x0c, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat(hasAnswer ? [head, question, record, data] : [head, question]);
}

test.each([
  ["both.example.com", { A: ["1.1.1.1"], AAAA: ["2606:4700::1"] }],
  ["four.example.com", { A: ["1.1.1.1"], AAAA: [] }],
  ["half.example.com", { A: ["1.1.1.1"], AAAA: [] }],
  ["gone.example.com", { A: [], AAAA: [] }],
])("%s has the records of its zone", async (host, answers) => {
  expect(await createResolver(10, [server]).resolve(host)).toEqual(answers);
});

test("a failing server is a failure and not an absent name", async () => {
  await expect(createResolver(10, [server]).resolve("broken.example.com")).rejects.toMatchObject({
    code: "ESERVFAIL",
  });
});

test("names of the hosts file are not known", async () => {
  expect(await createResolver(10, [server]).resolve("localhost.example.com")).toEqual({ A: [], AAAA: [] });
});

test("no more queries run at once than allowed, and all are answered", async () => {
  isHolding = true;
  const resolver = createResolver(4, [server]);
  const all = Promise.all(Array.from({ length: 10 }, () => resolver.resolve("both.example.com")));
  let most = 0;
  let answered = 0;
  while (answered < 20) {
    await once(dns, "message");
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, waiting.length);
    for (const reply of waiting.splice(0)) {
      reply();
      answered += 1;
    }
  }
  isHolding = false;
  expect((await all).every(({ A }) => A?.[0] === "1.1.1.1")).toBe(true);
  expect(most).toBeLessThanOrEqual(4);
});

test("what is under way can be cancelled", async () => {
  isHolding = true;
  const resolver = createResolver(4, [server]);
  const asked = resolver.resolve("both.example.com");
  await once(dns, "message");
  resolver.cancel?.();
  await expect(asked).rejects.toMatchObject({ code: "ECANCELLED" });
  isHolding = false;
  waiting = [];
});
