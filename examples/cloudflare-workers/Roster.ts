import { createConsumer, type Consumer, type Decision, type Question } from "@rollcall/consumer";
import { DurableObject } from "cloudflare:workers";
import { durableStore } from "./durableStore.ts";
import type { Env } from "./Env.ts";

/** Milliseconds. */
const longestStart = 10_000;

/**
 * The allowlist, in a Durable Object: requests come and go in a Worker, this stays. It polls while it is in memory; woken
 * after a pause it asks the publisher before it answers.
 */
export class Roster extends DurableObject<Env> {
  readonly #consumer: Consumer;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const id = env.ROLLCALL_CONSUMER_ID;
    this.#consumer = createConsumer({
      head: env.ROLLCALL_HEAD,
      token: env.ROLLCALL_TOKEN,
      mode: "mirror",
      enforcement: env.ROLLCALL_ENFORCEMENT === "report_only" ? "report_only" : "enforce",
      store: durableStore(ctx.storage),
      status: id ? { url: env.ROLLCALL_HEAD.replace(/\/v1\/lists\/.*$/, ""), consumerId: id } : undefined,
      clock: () => this.now(),
      // A Worker's global fetch wants to be called as a function of its own.
      fetch: (input, init) => fetch(input, init),
      onEvent: (event) => console.log(JSON.stringify(event)),
    });
    void ctx.blockConcurrencyWhile(async () => {
      // An object that blocks for 30 seconds is ended: the last good list is to decide when Rollcall does not answer.
      await Promise.race([this.#consumer.ready(), new Promise((done) => setTimeout(done, longestStart))]);
      this.#consumer.start();
    });
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now();
  }

  decide(question: Question): Promise<Decision> {
    return this.#consumer.decide(question);
  }

  refresh(): Promise<unknown> {
    return this.#consumer.refresh();
  }
}
