import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { CertificateFault, Fault, SandboxDocument } from "./SandboxDocument.ts";
import type { SandboxWorld } from "./SandboxWorld.ts";
import type { DnsAnswer } from "./startDnsServer.ts";

export interface ControlServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a body may hold; each verb reads its own members. */
interface Input extends SandboxDocument {
  readonly fault: Fault & CertificateFault;
  readonly host: string;
  readonly name: string;
  readonly answers: readonly DnsAnswer[];
}

type Verb = (world: SandboxWorld, input: Input, query: URLSearchParams) => unknown;

const matching = <T>(rows: readonly T[], wanted: string | null, value: (row: T) => string) =>
  wanted === null ? rows : rows.filter((row) => value(row) === wanted);

const verbs: Readonly<Record<string, Verb>> = {
  "GET /documents": (world) => world.documents(),
  "PUT /documents": (world, document) => world.publish(document),
  "DELETE /documents": (world, { url }) => world.remove(url),
  "PUT /faults": (world, { url, fault }) => world.setFault(url, fault),
  "DELETE /faults": (world, { url }) => world.setFault(url, undefined),
  "PUT /certificates": (world, { host, fault }) => world.setCertificate(host, fault),
  "DELETE /certificates": (world, { host }) => world.setCertificate(host, undefined),
  "PUT /names": (world, { name, answers }) => world.setName(name, answers),
  "DELETE /names": (world, { name }) => world.setName(name, []),
  "GET /requests": (world, _, query) => matching(world.requests, query.get("url"), (row) => row.url),
  "GET /queries": (world, _, query) => matching(world.queries, query.get("name"), (row) => row),
  "GET /hooks": ({ hookHost: host, hooks }) => ({ host, hooks }),
  "POST /reset": (world) => world.reset(),
};

/** The sandbox's control over plain HTTP on 127.0.0.1. `changed` runs after every change, before the answer. */
export async function startControl(
  world: SandboxWorld,
  changed: () => void,
  port = 0,
): Promise<ControlServer> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const verb = verbs[`${request.method} ${url.pathname}`];
    const reply = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? null));
    if (verb === undefined) return reply(404, { error: "no such verb", verbs: Object.keys(verbs) });
    try {
      const result = verb(world, await readJson(request), url.searchParams);
      if (request.method !== "GET") changed();
      reply(200, result);
    } catch (error) {
      reply(400, { error: String(error) });
    }
  });
  await new Promise<void>((ready, fail) => server.once("error", fail).listen(port, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function readJson(request: IncomingMessage): Promise<Input> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return (text === "" ? {} : JSON.parse(text)) as Input;
}
