import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SandboxWorld } from "./SandboxWorld.ts";

export interface HookServer {
  /** Host and port, as an operator would list it. */
  readonly host: string;
  stop(): Promise<void>;
}

/** Where notifications of the sandbox's internet go: takes everything that is posted to it, and remembers it. */
export async function startHooks(world: SandboxWorld): Promise<HookServer> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
      world.hooks.push({ headers: Object.fromEntries(headers), body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready, fail) => server.once("error", fail).listen(0, "127.0.0.1", ready));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
