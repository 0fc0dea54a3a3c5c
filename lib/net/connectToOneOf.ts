import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { FetchFailure } from "./FetchFailure.ts";
import { untilAborted } from "./untilAborted.ts";

/** Tries addresses that were checked, one after the other, `timeout` milliseconds each. */
export async function connectToOneOf(
  addresses: readonly string[],
  port: number,
  timeout: number,
  signal: AbortSignal,
): Promise<Socket> {
  let failure = new FetchFailure("connect_error", "The name has no address.");
  for (const address of addresses) {
    try {
      return await connectTo(address, port, timeout, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof FetchFailure)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function connectTo(address: string, port: number, timeout: number, signal: AbortSignal): Promise<Socket> {
  const socket = connectSocket({
    host: address,
    port,
    lookup: neverLookUp,
    autoSelectFamily: false,
    noDelay: true,
  });
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const sentence = `No connection to ${address} port ${port} (${error.code ?? error.message}). It is tried again later.`;
      reject(new FetchFailure("connect_error", sentence, address));
    });
    socket.setTimeout(timeout, () => {
      reject(
        new FetchFailure(
          "connect_error",
          `${address} port ${port} does not answer. It is tried again later.`,
          address,
        ),
      );
      socket.destroy();
    });
  });
  return untilAborted(connected, signal, socket).finally(() => {
    socket.setTimeout(0);
    socket.removeAllListeners("timeout");
  });
}

/** The host given to the socket is always an address; were it ever a name, this refuses it. */
function neverLookUp(
  host: string,
  _options: unknown,
  callback: (error: Error, address: string) => void,
): void {
  callback(new FetchFailure("refused_address", `${host} was not resolved by the guard.`), "");
}
