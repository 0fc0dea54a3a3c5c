import type { Context } from "#lib/context.ts";
import { releaseBoard, type ReleaseBoard } from "#lib/views/releases/releaseBoard.ts";

/** One list as it is served: everything a request needs is made when the head appears, nothing while it is asked for. */
export interface ServedList {
  readonly audienceId: string;
  readonly slug: string;
  readonly isPrivate: boolean;
  readonly seq: number;
  readonly jws: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

type Listener = () => void;

/** The newest heads in memory. A new one is noticed within a quarter of a second and wakes whoever waits for it. */
export class Board {
  #board: ReleaseBoard = { lists: [], keys: [] };
  #served = new Map<string, ServedList>();
  #openHeads = new Map<string, ServedList>();
  #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  readonly #ctx: Context;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Reads the board once, then every `intervalMs` until `stop`. */
  async start(intervalMs = 250): Promise<void> {
    await this.refresh();
    const again = () => {
      this.#timer = setTimeout(() => {
        this.refresh()
          .catch((error: unknown) =>
            this.#ctx.log.warn({ err: error }, "the release board could not be read; the last one stands"),
          )
          .finally(again);
      }, intervalMs);
      this.#timer.unref();
    };
    again();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const wake of this.#listeners) wake();
  }

  async refresh(): Promise<void> {
    const next = await releaseBoard(this.#ctx.db, this.#board);
    const news = next.lists.some(
      ({ audience, head }) => head && this.#served.get(audience.slug)?.jws !== head.jws,
    );
    this.#board = next;
    if (!news) return;
    this.#served = new Map(
      next.lists.flatMap(({ audience, head }) => (head ? [[audience.slug, serve(audience, head)]] : [])),
    );
    const open = [...this.#served.values()].filter((list) => !list.isPrivate);
    this.#openHeads = new Map(open.map((list) => [`/v1/lists/${list.slug}/head`, list]));
    for (const wake of this.#listeners) wake();
  }

  get lists(): ReleaseBoard["lists"] {
    return this.#board.lists;
  }

  get keys(): ReleaseBoard["keys"] {
    return this.#board.keys;
  }

  list(slug: string): ServedList | undefined {
    return this.#served.get(slug);
  }

  /** The public list whose head this very URL names. */
  openHead(url: string | undefined): ServedList | undefined {
    return url === undefined ? undefined : this.#openHeads.get(url);
  }

  /** Calls back at the next change; the returned function takes the call back. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function serve(
  audience: { id: string; slug: string; isPrivate: boolean },
  head: { seq: number; jws: string },
): ServedList {
  const etag = `"${head.seq}"`;
  return {
    audienceId: audience.id,
    slug: audience.slug,
    isPrivate: audience.isPrivate,
    seq: head.seq,
    jws: head.jws,
    etag,
    headers: {
      "content-type": "application/cimd-allowlist+jwt",
      "cache-control": audience.isPrivate ? "private, no-cache" : "public, max-age=5, stale-if-error=86400",
      etag,
    },
  };
}
