/** Work in one line per host. */
export interface HostLines {
  /** Does the work when those before it at its host are done and a place is free. It must not reject. */
  add(host: string, work: Work): void;
  /** Resolves when fewer than `count` wait or are under way. */
  fewerThan(count: number): Promise<void>;
}

interface Work {
  /** Awaited before a place is taken: a token's moment. */
  readonly ready?: () => Promise<void>;
  readonly run: () => Promise<void>;
}

/** One at a time for each host, `places` hosts at once. */
export function hostLines(places: number): HostLines {
  const lines = new Map<string, Work[]>();
  const forPlace: (() => void)[] = [];
  const watchers: { count: number; tell: () => void }[] = [];
  let free = places;
  let open = 0;

  async function walk(host: string, line: Work[]): Promise<void> {
    for (let work = line[0]; work; work = line[0]) {
      if (work.ready) await work.ready();
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => forPlace.push(resolve));
      await work.run();
      const next = forPlace.shift();
      if (next) next();
      else free += 1;
      line.shift();
      open -= 1;
      if (line.length === 0) lines.delete(host);
      for (let at = watchers.length - 1; at >= 0; at -= 1)
        if (open < watchers[at]!.count) watchers.splice(at, 1)[0]!.tell();
    }
  }

  return {
    add(host, work) {
      open += 1;
      const line = lines.get(host);
      if (line) {
        line.push(work);
        return;
      }
      const started = [work];
      lines.set(host, started);
      void walk(host, started);
    },
    fewerThan(count) {
      if (open < count) return Promise.resolve();
      return new Promise((tell) => watchers.push({ count, tell }));
    },
  };
}
