import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Callback {
  /** `http://127.0.0.1:<port>/callback` */
  readonly redirectUri: string;
  /** The first URL the browser was sent to. */
  readonly arrived: Promise<URL>;
  stop(): Promise<void>;
}

/** The loopback listener of a native client (RFC 8252 §7.3), on a port that is different every time. */
export async function startCallback(path = "/callback"): Promise<Callback> {
  let arrive: (url: URL) => void;
  const arrived = new Promise<URL>((resolve) => (arrive = resolve));
  let redirectUri = "";
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", redirectUri);
    if (url.pathname !== path) return response.writeHead(404).end();
    arrive(url);
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end("<h1>You can close this window.</h1>");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  return {
    redirectUri,
    arrived,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
