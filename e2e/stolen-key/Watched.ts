import {
  createConsumer,
  memoryStore,
  type Consumer,
  type ConsumerOptions,
} from "#lib/consumer/createConsumer.ts";
import { evil } from "./Attacker.ts";
import { good } from "./openInstallation.ts";

/** What happened to one server, in milliseconds of the injected clock; null: it did not happen. */
export interface Course {
  readonly name: string;
  /** Whether its operator named the keys, and has to name the next one. */
  readonly isPinned: boolean;
  /** When it first admitted the evil client, and when it stopped. */
  admittedAt: number | null;
  refusedAgainAt: number | null;
  /** When it admitted the good client again, by a list of ours. */
  recoveredAt: number | null;
  /** What an operator had to do at this server. */
  byHand: string | null;
  /** How its last look at the publisher ended. */
  last: string;
}

/** A server with a real consumer, asked about both clients after each look. */
export class Watched {
  readonly course: Course;
  #consumer: Consumer;
  #options: ConsumerOptions;

  constructor(name: string, options: Omit<ConsumerOptions, "store" | "enforcement" | "wait" | "sightings">) {
    this.#options = { ...options, store: memoryStore(), enforcement: "enforce", wait: 0, sightings: false };
    this.#consumer = createConsumer(this.#options);
    this.course = {
      name,
      isPinned: options.pinnedKids !== undefined,
      admittedAt: null,
      refusedAgainAt: null,
      recoveredAt: null,
      byHand: null,
      last: "",
    };
  }

  /** What an operator does at the server: other options, or an empty store. */
  async restart(byHand: string, change: Partial<ConsumerOptions>): Promise<void> {
    await this.#consumer.stop();
    this.#options = { ...this.#options, ...change };
    this.#consumer = createConsumer(this.#options);
    this.course.byHand = this.course.byHand === null ? byHand : `${this.course.byHand}, ${byHand}`;
  }

  async look(now: number): Promise<void> {
    const refreshed = await this.#consumer.refresh();
    const [admitsEvil, admitsGood] = await Promise.all([this.#admits(evil), this.#admits(good)]);
    const { course } = this;
    course.last = "code" in refreshed ? `${refreshed.outcome}: ${refreshed.code}` : refreshed.outcome;
    if (admitsEvil) {
      course.admittedAt ??= now;
      course.refusedAgainAt = course.recoveredAt = null;
    } else if (course.admittedAt !== null) course.refusedAgainAt ??= now;
    if (!admitsEvil && admitsGood && course.admittedAt !== null) course.recoveredAt ??= now;
    if (!admitsGood) course.recoveredAt = null;
  }

  get isPinned(): boolean {
    return this.#options.pinnedKids !== undefined;
  }

  async admitsGood(): Promise<boolean> {
    return this.#admits(good);
  }

  async #admits(client_id: string): Promise<boolean> {
    return (await this.#consumer.decide({ client_id })).decision === "allow";
  }

  stop(): Promise<void> {
    return this.#consumer.stop();
  }
}
