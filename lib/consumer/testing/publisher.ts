import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CryptoKey, JWK } from "jose";
import { CompactSign, calculateJwkThumbprint, importJWK } from "jose";
import { buildTrie } from "../../core/allowlist/buildTrie.ts";
import type { ListedEntry } from "../../core/allowlist/trieNode.ts";
import type { HeadClaims, HeadDeny, LatestHead, SightingsReport, StatusReport } from "../wire.ts";

export interface TestKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
}

/** Makes an ES256 key whose kid is its thumbprint. */
export async function testKey(): Promise<TestKey> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { d, ...bare } = privateKey.export({ format: "jwk" }) as JWK;
  const kid = await calculateJwkThumbprint(bare);
  const key = await importJWK({ ...bare, d }, "ES256");
  return { kid, publicJwk: { ...bare, kid, alg: "ES256", use: "sig" }, privateKey: key as CryptoKey };
}

export interface Publication {
  readonly entries?: Iterable<ListedEntry>;
  readonly deny?: readonly HeadDeny[];
  /** Replaces single claims, for heads that a good publisher never makes. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: TestKey;
}

export interface Signed {
  readonly jws: string;
  readonly digest: string;
  readonly claims: HeadClaims;
}

/** Stands in for one answer; return true when the request was answered. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * An in-memory publisher of one list, for tests and examples: `publish` signs and serves a new head, `handler`
 * answers head (ETag, 304, long poll), objects, key set and status reports as a real publisher does.
 */
export class TestPublisher {
  readonly list: string;
  readonly objects = new Map<string, string>();
  readonly reports: StatusReport[] = [];
  readonly sightings: SightingsReport[] = [];
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  keys: TestKey[];
  baseUrl = "";
  current: Signed | null = null;
  /** Seconds. */
  now: number;
  lifetime = 86_400;
  ttl = 10;
  /** When set, the head and status reports need it as a bearer token. */
  token: string | undefined;
  longPoll = true;
  intercept: Intercept | undefined;
  #entries: ListedEntry[] = [];
  #deny: HeadDeny[] = [];
  #server: Server | undefined;
  #waiting = new Set<() => void>();

  constructor(options: { keys: TestKey[]; now: number; list?: string; baseUrl?: string }) {
    this.keys = options.keys;
    this.now = options.now;
    this.list = options.list ?? "prod";
    this.baseUrl = options.baseUrl ?? "";
  }

  get headUrl(): string {
    return `${this.baseUrl}/v1/lists/${this.list}/head`;
  }

  get enrolment(): string {
    return `${this.headUrl}#root=${this.keys[0]?.kid}`;
  }

  /** Signs what would be the next head and serves its objects, but does not serve the head. */
  async sign(publication: Publication = {}): Promise<Signed> {
    const entries = publication.entries ? [...publication.entries] : this.#entries;
    const deny = publication.deny ? [...publication.deny] : this.#deny;
    const trie = buildTrie(entries);
    for (const [name, body] of trie.objects) this.objects.set(name, body);
    const last = this.current?.claims;
    const changed = !last || last.root !== trie.root || JSON.stringify(last.deny) !== JSON.stringify(deny);
    const claims = {
      iss: this.baseUrl,
      sub: this.headUrl,
      iat: this.now,
      exp: this.now + this.lifetime,
      v: 1,
      epoch: last?.epoch ?? 1,
      seq: (last?.seq ?? 0) + 1,
      rev: (last?.rev ?? 0) + (changed ? 1 : 0),
      ...(this.current ? { prev: this.current.digest } : {}),
      ttl: this.ttl,
      root: trie.root,
      count: trie.count,
      deny,
      ...publication.claims,
    } as HeadClaims;
    const jws = await this.compact(claims, publication);
    return { jws, digest: sha256(jws), claims };
  }

  /** Signs the next head and serves it. What is not given stays as it was. */
  async publish(publication: Publication = {}): Promise<Signed> {
    const signed = await this.sign(publication);
    if (publication.entries) this.#entries = [...publication.entries];
    if (publication.deny) this.#deny = [...publication.deny];
    this.serve(signed);
    return signed;
  }

  /** Serves this head from now on, whatever it is. */
  serve(signed: Signed): void {
    this.current = signed;
    for (const wake of this.#waiting) wake();
  }

  async compact(claims: object, how: Pick<Publication, "header" | "key"> = {}): Promise<string> {
    const key = how.key ?? this.keys[0];
    if (!key) throw new Error("The publisher has no key.");
    const header = { alg: "ES256", kid: key.kid, typ: "cimd-allowlist+jwt", ...how.header };
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader(header)
      .sign(key.privateKey, { crit: { exp: true } });
  }

  /** Listens on a free loopback port and sets `baseUrl`. */
  async listen(): Promise<void> {
    const server = createServer(this.handler);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const wake of this.#waiting) wake();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
  }

  readonly handler: RequestListener = (request, response) => {
    const path = new URL(request.url ?? "/", "http://publisher").pathname;
    this.requests.push(`${request.method} ${path}`);
    if (this.intercept?.(request, response)) return;
    const under = `/v1/lists/${this.list}`;
    if (path === "/.well-known/jwks.json") return this.#json(response, { keys: this.keys.map(publicJwkOf) });
    if (path === `${under}/head`) return this.#head(request, response);
    if (path.startsWith(`${under}/objects/`))
      return this.#object(path.slice(`${under}/objects/`.length), response);
    if (request.method === "PUT" && /^\/v1\/consumers\/[^/]+\/status$/.test(path))
      return this.#take(request, response, this.reports);
    if (request.method === "POST" && /^\/v1\/consumers\/[^/]+\/sightings$/.test(path))
      return this.#take(request, response, this.sightings);
    response.writeHead(404, { "cache-control": "no-store" }).end();
  };

  #head(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#authorized(request)) return void response.writeHead(401).end();
    if (!this.current) return void response.writeHead(503, { "retry-after": "5" }).end();
    const known = () => request.headers["if-none-match"] === this.#etag();
    const wait = Number(/(?:^|,)\s*wait=(\d+)/.exec(String(request.headers.prefer ?? ""))?.[1] ?? 0);
    const answer = (held: boolean) => {
      const more = held ? { "preference-applied": "wait", "cache-control": "no-store" } : {};
      const headers = { etag: this.#etag(), ...more };
      if (known()) response.writeHead(304, headers).end();
      else
        response
          .writeHead(200, { ...headers, "content-type": "application/cimd-allowlist+jwt" })
          .end(this.current?.jws);
    };
    if (!known() || !this.longPoll || wait === 0) return answer(false);
    const wake = () => {
      clearTimeout(timer);
      this.#waiting.delete(wake);
      answer(true);
    };
    const timer = setTimeout(wake, Math.min(wait, 30) * 1000);
    this.#waiting.add(wake);
    response.on("close", () => {
      clearTimeout(timer);
      this.#waiting.delete(wake);
    });
  }

  #object(name: string, response: ServerResponse): void {
    const body = this.objects.get(name);
    if (body === undefined) return void response.writeHead(404, { "cache-control": "no-store" }).end();
    const headers = { "content-type": "application/cimd-allowlist-node+json", etag: `"${name}"` };
    response.writeHead(200, headers).end(body);
  }

  #take(request: IncomingMessage, response: ServerResponse, into: unknown[]): void {
    if (!this.#authorized(request)) return void response.writeHead(401).end();
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      into.push(JSON.parse(body));
      this.#json(response, { latest: this.latest() });
    });
  }

  latest(): LatestHead | null {
    if (!this.current) return null;
    const { epoch, seq, rev } = this.current.claims;
    return { epoch, seq, rev, digest: this.current.digest };
  }

  #authorized(request: IncomingMessage): boolean {
    return this.token === undefined || request.headers.authorization === `Bearer ${this.token}`;
  }

  #etag(): string {
    return `"${this.current?.claims.seq}"`;
  }

  #json(response: ServerResponse, value: unknown): void {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  }
}

function publicJwkOf(key: TestKey): JWK {
  return key.publicJwk;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
