import { second, type Instant } from "#lib/core/Instant.ts";
import type { Export, NoExport } from "#lib/views/releases/exportList.ts";

type Made = Export | NoExport;

/** How long an export is given out again. A new head has a key of its own, so this delays only what no head says. */
const goodFor = 30 * second;
const most = 64;
/** Characters of all that is kept. */
const room = 64_000_000;

interface Kept {
  readonly at: Instant;
  readonly made: Promise<Made>;
  length: number;
}

/**
 * Exports made a moment ago. Many who ask at once cost one making, and only one is made at a time: the door must stay
 * quick for those who wait for the next head.
 */
export class ExportShelf {
  readonly #kept = new Map<string, Kept>();
  #line: Promise<unknown> = Promise.resolve();

  /** @param key names head, product and acceptance */
  async get(key: string, now: Instant, make: () => Promise<Made>): Promise<Made> {
    const known = this.#kept.get(key);
    if (known && now - known.at < goodFor) return known.made;
    const made = this.#line.then(make);
    this.#line = made.catch(() => undefined);
    const fresh: Kept = { at: now, made, length: 0 };
    this.#kept.delete(key);
    this.#kept.set(key, fresh);
    try {
      const answer = await made;
      if (answer.kind === "none" && answer.status === 503) this.#drop(key, fresh);
      else fresh.length = answer.kind === "none" ? 0 : answer.body.length;
      this.#makeRoom();
      return answer;
    } catch (error) {
      this.#drop(key, fresh);
      throw error;
    }
  }

  #drop(key: string, fresh: Kept): void {
    if (this.#kept.get(key) === fresh) this.#kept.delete(key);
  }

  /** The oldest go first; the newest stays, however large. */
  #makeRoom(): void {
    let length = 0;
    for (const each of this.#kept.values()) length += each.length;
    for (const [key, oldest] of this.#kept) {
      if (this.#kept.size <= 1 || (this.#kept.size <= most && length <= room)) return;
      this.#kept.delete(key);
      length -= oldest.length;
    }
  }
}
