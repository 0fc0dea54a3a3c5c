import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { createConsumer, memoryStore, type Consumer } from "#lib/consumer/createConsumer.ts";
import { TestPublisher, testKey } from "#lib/consumer/testing/publisher.ts";
import { median } from "./median.ts";

/*
 * What a decision costs an authorization server whose list has a million clients: from a mirror, about clients it meets
 * again and about ones it never met; and from nothing, over the network. The publisher is the tests' own, on loopback.
 */
const many = Number(process.env["BENCH_ENTRIES"] ?? 1_000_000);
const regulars = 10_000;

export interface Decided {
  /** Microseconds of CPU, median: a client among ten thousand that come again and again. */
  readonly decide_1m_us: number;
  /** The same for a client that was never asked about since the start. */
  readonly decide_first_us: number;
  readonly mirror_seconds: number;
  readonly mirror_mb: number;
  readonly cold_gets: number;
  readonly cold_kb: number;
}

export async function decideAtAMillion(): Promise<Decided> {
  const publisher = fork(fileURLToPath(import.meta.url), ["publisher"], {
    execArgv: ["--max-old-space-size=8192"],
  });
  const [headUrl] = (await once(publisher, "message")) as [string];
  const cold = await coldDecision(headUrl);
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const consumer = consumerOf(headUrl, "mirror");
  await consumer.ready();
  const mirror_seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  const mirror_mb = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
  if (consumer.head()?.treeSeq !== 1) throw new Error("The mirror is not complete.");

  const first = await perDecision(consumer, pick(200), 20);
  const often = pick(regulars);
  // The first rounds are the compiler's.
  for (let round = 0; round < 10; round += 1) await perDecision(consumer, often, 1);
  const again = await perDecision(consumer, often, 20);
  await consumer.stop();
  publisher.disconnect();
  return { decide_1m_us: again, decide_first_us: first, mirror_seconds, mirror_mb, ...cold };
}

/** The list and whoever serves it, in a process of their own: an authorization server has neither in its memory. */
async function publish(): Promise<void> {
  const publisher = new TestPublisher({ keys: [await testKey()], now: Math.floor(Date.now() / 1_000) });
  await publisher.listen();
  await publisher.publish({ entries: listed() });
  process.on("disconnect", () => process.exit(0));
  process.send?.(publisher.headUrl);
}

const clientId = (n: number) => `https://client-${n}.example.com/oauth/client.json`;

function* listed(): Generator<[string, AllowlistEntry]> {
  for (let n = 0; n < many; n += 1)
    yield [
      clientId(n),
      {
        status: "allow",
        redirect_uris: [
          { uri: `https://client-${n}.example.com/oauth/callback`, match: "exact" },
          { uri: "http://127.0.0.1/callback", match: "loopback_any_port" },
        ],
        token_endpoint_auth_method: "none",
        jkts: [],
        grant_types: ["authorization_code", "refresh_token"],
        grants: [{ resource: "https://mcp.example.com/tickets", scopes: ["tickets.read"] }],
        ref: `req_${n}`,
      },
    ];
}

function consumerOf(headUrl: string, mode: "mirror" | "lazy", fetch?: typeof globalThis.fetch): Consumer {
  const store = memoryStore();
  return createConsumer({
    head: headUrl,
    mode,
    enforcement: "enforce",
    store,
    ...(fetch ? { fetch } : {}),
  });
}

/** Client numbers, spread over the whole list, never the same twice. */
function pick(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index * 7_919_777 + count * 31) % many);
}

/** Microseconds of CPU per decision, the median of batches. */
async function perDecision(consumer: Consumer, clients: readonly number[], batches: number): Promise<number> {
  const size = Math.max(1, Math.floor(clients.length / batches));
  const times: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const asked = clients.slice(batch * size, (batch + 1) * size).map((n) => ({
      client_id: clientId(n),
      redirect_uri: `https://client-${n}.example.com/oauth/callback`,
      scope: "tickets.read",
    }));
    // Strings as they come off the wire, in one piece.
    const questions = JSON.parse(JSON.stringify(asked)) as typeof asked;
    const began = process.cpuUsage();
    for (const question of questions) {
      const { decision } = await consumer.decide(question);
      if (decision !== "allow") throw new Error(`${question.client_id} was refused.`);
    }
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / questions.length);
  }
  return Number(median(times).toFixed(2));
}

async function coldDecision(headUrl: string): Promise<{ cold_gets: number; cold_kb: number }> {
  let gets = 0;
  let bytes = 0;
  const counting: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const body = await answer.arrayBuffer();
    gets += 1;
    bytes += body.byteLength;
    return new Response(answer.status === 304 ? null : body, {
      status: answer.status,
      headers: answer.headers,
    });
  };
  const consumer = consumerOf(headUrl, "lazy", counting);
  await consumer.ready();
  await consumer.decide({ client_id: clientId(4_711) });
  await consumer.stop();
  return { cold_gets: gets, cold_kb: Number((bytes / 1_024).toFixed(1)) };
}

if (process.argv[2] === "publisher") await publish();
else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`figures: ${JSON.stringify(await decideAtAMillion())}`);
  process.exit(0);
}
