import { second, type Instant } from "#lib/core/Instant.ts";
import type { Export, NoExport } from "#lib/views/exportList.ts";

type Made = Export | NoExport;

/** How long an export is given out again: what a shared cache may do with a public list's head. */
const goodFor = 5 * second;
const most = 32;
/** Characters of an export that is kept; larger ones are shared only among those who ask while it is made. */
const largest = 1_000_000;

/** Exports made a moment ago, so that asking often costs little, and many who ask at once cost one making. */
export class ExportShelf {
  readonly #made = new Map<string, { at: Instant; made: Promise<Made> }>();

  async get(key: string, now: Instant, make: () => Promise<Made>): Promise<Made> {
    const known = this.#made.get(key);
    if (known && now - known.at < goodFor) return known.made;
    const fresh = { at: now, made: make() };
    this.#made.delete(key);
    this.#made.set(key, fresh);
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= most) break;
      this.#made.delete(oldest);
    }
    const drop = () => {
      if (this.#made.get(key) === fresh) this.#made.delete(key);
    };
    try {
      const made = await fresh.made;
      if (made.kind === "none" ? made.status !== 409 : made.body.length > largest) drop();
      return made;
    } catch (error) {
      drop();
      throw error;
    }
  }
}
