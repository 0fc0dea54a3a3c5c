import type { buildConnector } from "undici";
import { FetchFailure } from "./FetchFailure.ts";
import { openConnection } from "./openConnection.ts";
import type { ConnectRules } from "./openConnection.ts";
import type { LineConnection, OriginLine } from "./OriginLine.ts";

/** Undici's way into the guard: the only function in this folder that gives it a socket. */
export function guardedConnect(
  rules: ConnectRules,
  lineOf: (origin: string) => OriginLine | undefined,
): buildConnector.connector {
  return ({ hostname, port, protocol }, callback) => {
    const line = lineOf(`https://${hostname}${port === "" ? "" : `:${port}`}`);
    const connecting = new AbortController();
    if (line !== undefined) line.connecting = connecting;
    const opening =
      protocol === "https:"
        ? openConnection(hostname, port === "" ? 443 : Number(port), rules, connecting.signal)
        : Promise.reject(new FetchFailure("refused_url", "Only https is fetched."));
    opening
      .finally(() => {
        if (line?.connecting === connecting) line.connecting = undefined;
      })
      .then(
        (opened) => {
          const connection: LineConnection = { ...opened, requests: 0, readLimit: Number.POSITIVE_INFINITY };
          const watch = () => countWire(connection);
          // A body may never come while chunk extensions, interim responses or session tickets do.
          connection.socket.on("readable", watch).on("session", watch);
          line?.opened(connection);
          callback(null, connection.socket);
        },
        (error: Error) => callback(error, null),
      )
      // An error thrown by undici's callback has no other way out: it ends the exchange that waits for it.
      .catch((error: unknown) => line?.current?.broke(error as Error));
  };
}

function countWire(connection: LineConnection): void {
  if (connection.raw.bytesRead > connection.readLimit) {
    connection.socket.destroy(
      new FetchFailure(
        "too_large",
        "The server sends far more than the answer needs. The publisher's server is at fault.",
      ),
    );
  }
}
