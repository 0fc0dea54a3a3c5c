import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import type { TLSSocket, TlsOptions } from "node:tls";

export interface Served {
  readonly port: number;
  /** Heads of the requests, in order of arrival. */
  readonly heads: string[];
  /** Connections that got through TLS. */
  connections: number;
  close(): Promise<void>;
}

/** A TLS server on loopback that answers each request head with whatever `answer` writes: nothing checks that it is HTTP. */
export async function serve(
  options: TlsOptions,
  answer: (socket: TLSSocket, head: string, served: Served) => void,
): Promise<Served> {
  const sockets = new Set<TLSSocket>();
  const server = createServer(options, (socket) => {
    served.connections += 1;
    sockets.add(socket);
    let text = "";
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        served.heads.push(head);
        answer(socket, head, served);
      }
    });
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const served: Served = {
    port: (server.address() as AddressInfo).port,
    heads: [],
    connections: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  return served;
}

/** A proper answer. */
export function respond(status: number, headers: Record<string, string>, body = ""): string {
  const lines = Object.entries({ "Content-Length": String(Buffer.byteLength(body)), ...headers });
  return `HTTP/1.1 ${status} Said\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** Writes the same text until the other side goes away or `most` bytes are written. */
export function writeForever(socket: TLSSocket, text: string, most = 100 * 1024 * 1024): void {
  let written = 0;
  const more = (): void => {
    while (!socket.destroyed && written < most) {
      written += text.length;
      if (!socket.write(text)) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
}
