import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Consumer, ConsumerOptions, Question, Refreshed } from "../../createConsumer.ts";
import { fileStore } from "../../fileStore.ts";
import { memoryStore } from "../../memoryStore.ts";
import type { Harness } from "../harness.ts";
import { clientId, entries, harness } from "../harness.ts";
import type { TestKey } from "../publisher.ts";
import { testKey } from "../publisher.ts";

/** A publisher, and a consumer that has a good list of it: the state every attack begins from. */
export interface Stage extends Omit<Harness, "consumer"> {
  readonly consumer: Consumer;
  readonly root: TestKey;
  /** The key that signs heads. */
  readonly online: TestKey;
  /** A key of the attacker. */
  readonly evil: TestKey;
  /** The enrolment string of this stage's level. */
  readonly enrolment: string;
  /** The same consumer after a restart of its process: another one over the same store. */
  restart(options?: Partial<ConsumerOptions>): Consumer;
  /** What a refresh came to: `refused: rollback, alarm`. */
  said(refreshed: Promise<Refreshed> | Refreshed): Promise<string>;
  /** Refreshes, and says what came of it and how the first client is decided afterwards. */
  refreshed(consumer?: Consumer): Promise<string>;
  /** `allow`, or `deny: <codes>`; the first client unless another is asked about. */
  decided(question?: Question, consumer?: Consumer): Promise<string>;
  end(): Promise<void>;
}

export const first: Question = { client_id: clientId(0) };
export const stranger: Question = { client_id: "https://stranger.example/c.json" };

export interface StageOptions {
  readonly level?: 1 | 2;
  readonly mode?: "lazy" | "mirror";
  /** Entries of the list. */
  readonly clients?: number;
  /** Remember on disk, as it is in earnest; else in memory, which is quicker. */
  readonly onDisk?: boolean;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { level = 2, mode = "lazy", clients = 3, onDisk = false } = options;
  const directory = onDisk ? mkdtempSync(join(tmpdir(), "attack-")) : undefined;
  const open = () => (directory === undefined ? store : fileStore(directory));
  const store = directory === undefined ? memoryStore() : fileStore(directory);
  const [root, evil] = [await testKey(), await testKey()];
  const h = await harness({ mode, store });
  const { publisher } = h;
  const [online] = publisher.keys as [TestKey];
  if (level === 2) await publisher.publishKeySet({ roots: [root] });
  const enrolment = level === 2 ? `${publisher.headUrl}#root=${root.kid}` : publisher.headUrl;
  const restart = (more: Partial<ConsumerOptions> = {}) =>
    h.consume({ head: enrolment, store: open(), ...more });
  const consumer = restart();
  await publisher.publish({ entries: entries(clients) });
  await consumer.ready();

  async function said(outcome: Promise<Refreshed> | Refreshed): Promise<string> {
    const refreshed = await outcome;
    if (!("code" in refreshed)) return refreshed.outcome;
    const alarm = refreshed.outcome === "refused" && h.ofType("refused").at(-1)?.alarm;
    return `${refreshed.outcome}: ${refreshed.code}${alarm ? ", alarm" : ""}`;
  }
  async function decided(question: Question = first, by: Consumer = consumer): Promise<string> {
    const { decision, reasons } = await by.decide(question);
    return decision === "allow" ? decision : `deny: ${reasons.join(" ")}`;
  }
  return {
    ...h,
    consumer,
    root,
    online,
    evil,
    enrolment,
    restart,
    said,
    decided,
    refreshed: async (by = consumer) => `${await said(by.refresh())} → ${await decided(first, by)}`,
    async end() {
      await publisher.close();
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
