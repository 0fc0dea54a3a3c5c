import type { Exchange } from "./Exchange.ts";
import type { Connection } from "./openConnection.ts";

/** An open connection with what has happened on it. */
export interface LineConnection extends Connection {
  requests: number;
  /** Where `raw.bytesRead` must not get past during this exchange. */
  readLimit: number;
}

/** The exchanges with one origin, one after the other on one connection. */
export class OriginLine {
  readonly origin: string;
  readonly waiting: Exchange[] = [];
  readonly onIdle: (line: OriginLine) => void;
  current: Exchange | undefined = undefined;
  connection: LineConnection | undefined = undefined;
  /** Ends the attempt to connect that is under way. */
  connecting: AbortController | undefined = undefined;

  constructor(origin: string, onIdle: (line: OriginLine) => void) {
    this.origin = origin;
    this.onIdle = onIdle;
  }

  join(exchange: Exchange): void {
    if (this.current !== undefined) {
      this.waiting.push(exchange);
      return;
    }
    this.current = exchange;
    exchange.start();
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
