import { randomUUID } from "node:crypto";
import type { ConsumerEvent } from "./ConsumerEvent.ts";
import type { Decision, Question } from "./Decision.ts";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import { sightedShape } from "./sightedShape.ts";
import type { SightingLine, SightingsReport } from "./wire.ts";

export interface SightingBookOptions {
  /** `…/v1/consumers/{id}/sightings`; absent: nothing is kept and nothing is sent. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly list: string;
  readonly instance: string;
  readonly fetch: typeof fetch;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Milliseconds between two reports; 60,000 unless given. */
  readonly every?: number;
  /** Milliseconds until news is told: a client that is not listed, a document that was not approved; 5,000 unless given. */
  readonly soon?: number;
  readonly emit: (event: ConsumerEvent) => void;
}

export interface SightingBook {
  /** Counts one decision. Costs a look into a map; never throws, never waits. */
  note(question: Question, decision: Decision): void;
  /** Sends what was counted, and first what could not be sent before. Never rejects. */
  flush(): Promise<void>;
  start(): void;
  /** Sends the rest and stops. */
  stop(): Promise<void>;
}

const mostLines = 2_000;
const mostShapes = 20;
/** Characters of all lines: strangers write their questions. */
const mostText = 4_000_000;
const longestClientId = 2_048;
/** What one body may hold: the publisher takes 256 KiB. */
const mostBytes = 200 * 1024;
const mostRemembered = 5_000;
const timeout = 10_000;
/** A body that the publisher answers with an error so often is given up: it would be refused for ever. */
const mostTries = 5;

interface Line {
  readonly client_id: string;
  readonly shape: SightingLine["shape"];
  allowed: number;
  refused: number;
  readonly outcomes: Record<string, number>;
  readonly first_at: number;
  last_at: number;
}

interface Batch {
  readonly body: SightingsReport;
  tries: number;
}

/**
 * Adds up what a server asks its allowlist, in bounded memory, and tells the publisher once a minute: which clients
 * are met that nobody registered, and what a stricter list would refuse. What cannot be sent is kept, one report's
 * worth, and sent with the next; beyond the bounds questions are only counted in `dropped`.
 */
export function sightingBook(options: SightingBookOptions): SightingBook {
  const { url, clock, every = 60_000, soon = 5_000 } = options;
  let lines = new Map<string, Line>();
  let shapes = new Map<string, number>();
  let text = 0;
  let dropped = 0;
  let from = seconds();
  /** Composed and not yet taken in: sent again with the same id, so that it counts once. */
  let waiting: Batch[] = [];
  /** News that was told: the same again waits for its minute. */
  const told = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;
  let started = false;
  let sending: Promise<void> | undefined;

  function seconds(): number {
    return Math.floor(clock() / 1000);
  }

  function count(question: Question, decision: Decision): void {
    const clientId = question.client_id;
    if (clientId.length > longestClientId) return void dropped++;
    const shape = sightedShape(question, decision);
    const key = `${clientId} ${JSON.stringify(shape)}`;
    let line = lines.get(key);
    if (!line) {
      const known = shapes.get(clientId) ?? 0;
      if (lines.size >= mostLines || known >= mostShapes || text + key.length > mostText)
        return void dropped++;
      text += key.length;
      shapes.set(clientId, known + 1);
      const now = seconds();
      line = {
        client_id: clientId,
        shape,
        allowed: 0,
        refused: 0,
        outcomes: {},
        first_at: now,
        last_at: now,
      };
      lines.set(key, line);
    }
    line.last_at = seconds();
    if (decision.decision === "allow") line.allowed++;
    else line.refused++;
    const [code] = decision.reasons;
    if (code !== undefined) line.outcomes[code] = (line.outcomes[code] ?? 0) + 1;
    if (isNews(question, decision)) wakeWithin(soon);
  }

  function isNews(question: Question, { reasons, entry }: Decision): boolean {
    const { client_id, document_sha256 } = question;
    const isNew = reasons[0] === "not_listed";
    const isOther =
      entry !== undefined && document_sha256 !== undefined && !entry.doc_sha256?.includes(document_sha256);
    if (!isNew && !isOther) return false;
    const name = isOther ? `${client_id} ${document_sha256}` : client_id;
    if (told.has(name)) return false;
    if (told.size >= mostRemembered) told.clear();
    told.add(name);
    return true;
  }

  function wakeWithin(milliseconds: number): void {
    if (!started || Date.now() + milliseconds >= wakesAt) return;
    clearTimeout(timer);
    wakesAt = Date.now() + milliseconds;
    timer = setTimeout(() => {
      wakesAt = Number.POSITIVE_INFINITY;
      void flush().finally(() => wakeWithin(every));
    }, milliseconds);
    timer.unref();
  }

  /** What was counted since the last report, in bodies that the publisher takes. */
  function compose(): Batch[] {
    if (lines.size === 0 && dropped === 0) return [];
    const parts: Line[][] = [[]];
    let bytes = 0;
    for (const line of lines.values()) {
      const size = Buffer.byteLength(JSON.stringify(line)) + 1;
      if (bytes + size > mostBytes) {
        parts.push([]);
        bytes = 0;
      }
      bytes += size;
      parts.at(-1)?.push(line);
    }
    const { list, instance } = options;
    const to = seconds();
    const batches = parts.map((sightings, place) => ({
      body: { list, instance, batch: randomUUID(), from, to, sightings, dropped: place === 0 ? dropped : 0 },
      tries: 0,
    }));
    lines = new Map();
    shapes = new Map();
    text = 0;
    dropped = 0;
    from = to;
    return batches;
  }

  async function send(address: string): Promise<void> {
    if (!(await drain(address))) return;
    waiting = compose();
    await drain(address);
  }

  /** Sends what waits, the oldest first; false when the publisher cannot take it now. */
  async function drain(address: string): Promise<boolean> {
    for (let [batch] = waiting; batch; [batch] = waiting) {
      try {
        await post(address, batch.body);
      } catch (error) {
        if (!(error instanceof FetchFailed)) throw error;
        options.emit({ type: "sightings_failed", code: error.code, sentence: error.message });
        batch.tries++;
        // An older publisher has no such address; a body that is refused again and again is not understood there.
        if (error.code !== "not_found" && !(error.code === "http_status" && batch.tries >= mostTries))
          return false;
        dropped += batch.body.sightings.reduce((sum, { allowed, refused }) => sum + allowed + refused, 0);
      }
      waiting.shift();
    }
    return true;
  }

  async function post(address: string, body: SightingsReport): Promise<void> {
    await fetchLimited(address, {
      fetch: options.fetch,
      method: "POST",
      maxBytes: 16 * 1024,
      timeout,
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      },
      body: JSON.stringify(body),
    });
  }

  function flush(): Promise<void> {
    if (url === undefined) return Promise.resolve();
    sending ??= send(url)
      .catch((error: unknown) => {
        options.emit({ type: "sightings_failed", code: "failed", sentence: String(error) });
      })
      .finally(() => {
        sending = undefined;
      });
    return sending;
  }

  return {
    note(question, decision) {
      if (url === undefined) return;
      try {
        count(question, decision);
      } catch {
        // A question that is no question must not cost its decision.
        dropped++;
      }
    },
    flush,
    start() {
      if (url === undefined || started) return;
      started = true;
      wakeWithin(every);
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      wakesAt = Number.POSITIVE_INFINITY;
      // A report on its way does not hold what came in since.
      await sending;
      await flush();
    },
  };
}

/** `{url}/v1/consumers/{id}/sightings`, from where status reports go. */
export function sightingsUrl(statusUrl: string): string {
  return statusUrl.replace(/status$/, "sightings");
}
