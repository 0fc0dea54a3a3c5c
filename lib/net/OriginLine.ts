import type { Client } from "undici";
import type { FetchFailure } from "./FetchFailure.ts";
import type { Connection } from "./openConnection.ts";

/** An open connection with what has happened on it. */
export interface LineConnection extends Connection {
  requests: number;
  /** Where `raw.bytesRead` must not get past during this exchange. */
  readLimit: number;
}

/** One that stands in the line. */
export interface Turn {
  start(): void;
  fail(failure: FetchFailure): void;
  /** The transport broke; the line is left. */
  broke(error: Error): void;
}

/** The exchanges with one origin, one after the other on one connection. */
export class OriginLine {
  readonly origin: string;
  readonly client: Client;
  readonly waiting: Turn[] = [];
  readonly onIdle: (line: OriginLine) => void;
  current: Turn | undefined = undefined;
  connection: LineConnection | undefined = undefined;
  /** Ends the attempt to connect that is under way. */
  connecting: AbortController | undefined = undefined;

  constructor(origin: string, client: Client, onIdle: (line: OriginLine) => void) {
    this.origin = origin;
    this.client = client;
    this.onIdle = onIdle;
  }

  join(turn: Turn): void {
    if (this.current !== undefined) {
      this.waiting.push(turn);
      return;
    }
    this.current = turn;
    turn.start();
  }

  /** The transport has let go of the current exchange: the next one may start. */
  leave(): void {
    this.current = this.waiting.shift();
    if (this.current !== undefined) queueMicrotask(() => this.current?.start());
    else if (this.connection === undefined) this.onIdle(this);
  }

  opened(connection: LineConnection): void {
    this.connection = connection;
    connection.socket.once("close", () => {
      if (this.connection !== connection) return;
      this.connection = undefined;
      if (this.current === undefined) this.onIdle(this);
    });
  }
}
