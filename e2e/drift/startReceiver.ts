import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Receiver {
  readonly url: string;
  /** Host and port, as an operator would list it. */
  readonly host: string;
  /** Topics that arrived about a client, in order, each webhook-id once. */
  about(clientId: string): string[];
  stop(): Promise<void>;
}

/** A webhook receiver that keeps what it gets. */
export async function startReceiver(): Promise<Receiver> {
  const arrived = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      arrived.set(String(request.headers["webhook-id"]), body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/hook`,
    host,
    about: (clientId) =>
      [...arrived.values()].flatMap((body) =>
        body.includes(JSON.stringify(clientId)) ? String((JSON.parse(body) as { type: unknown }).type) : [],
      ),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
