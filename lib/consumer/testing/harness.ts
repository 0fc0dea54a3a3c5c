import type { ListedEntry } from "../../core/allowlist/trieNode.ts";
import type { ConsumerEvent } from "../ConsumerEvent.ts";
import type { Consumer, ConsumerOptions } from "../createConsumer.ts";
import { createConsumer } from "../createConsumer.ts";
import { memoryStore } from "../memoryStore.ts";
import type { Store } from "../Remembered.ts";
import type { AllowlistEntry } from "../wire.ts";
import { TestPublisher, testKey } from "./publisher.ts";

/** Seconds. */
export const begin = 1_790_000_000;

export interface Harness {
  readonly publisher: TestPublisher;
  readonly store: Store;
  readonly events: ConsumerEvent[];
  readonly consumer: Consumer;
  /** Moves the consumer's clock, seconds. */
  advance(seconds: number): void;
  /** Another consumer of the same list: over the same store it is a restart. */
  consume(options?: Partial<ConsumerOptions>): Consumer;
  ofType<T extends ConsumerEvent["type"]>(type: T): Extract<ConsumerEvent, { type: T }>[];
}

/** A publisher on loopback and a consumer of it, with one clock. Nothing is published yet. */
export async function harness(options: Partial<ConsumerOptions> = {}): Promise<Harness> {
  const publisher = new TestPublisher({ keys: [await testKey()], now: begin });
  await publisher.listen();
  const store = options.store ?? memoryStore();
  const events: ConsumerEvent[] = [];
  let now = begin;
  const consume = (more: Partial<ConsumerOptions> = {}) =>
    createConsumer({
      head: publisher.headUrl,
      mode: "lazy",
      enforcement: "enforce",
      store,
      clock: () => now * 1000,
      random: () => 0.5,
      onEvent: (event) => events.push(event),
      ...options,
      ...more,
    });
  return {
    publisher,
    store,
    events,
    consumer: consume(),
    consume,
    advance: (seconds) => {
      now += seconds;
      publisher.now += seconds;
    },
    ofType: (type) => events.filter((event) => event.type === type) as never,
  };
}

export const clientId = (n: number) => `https://client-${n}.example/c.json`;

/** A public client with one https redirect. */
export function entry(part: Partial<AllowlistEntry> = {}): AllowlistEntry {
  return {
    status: "allow",
    redirect_uris: [{ uri: "https://app.example/cb", match: "exact" }],
    token_endpoint_auth_method: "none",
    jkts: [],
    grant_types: ["authorization_code"],
    grants: [{ resource: "https://mcp.example/tickets", scopes: ["tickets.read"] }],
    ...part,
  };
}

/** Clients 0 … n−1, each approved. */
export function entries(n: number, part: Partial<AllowlistEntry> = {}): ListedEntry[] {
  return Array.from({ length: n }, (_, index) => [clientId(index), entry({ ref: `req_${index}`, ...part })]);
}
