import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CryptoKey, JWK } from "jose";
import { CompactSign, calculateJwkThumbprint, importJWK } from "jose";
import { buildTrie } from "../../core/allowlist/buildTrie.ts";
import type { ListedEntry } from "../../core/allowlist/trieNode.ts";
import type {
  BranchObject,
  HeadClaims,
  HeadDeny,
  KeySetClaims,
  LatestHead,
  SightingsReport,
  StatusReport,
} from "../wire.ts";

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

/** What is not given is as in the key set before it. */
export interface KeySetPublication {
  readonly roots?: readonly TestKey[];
  readonly keys?: readonly TestKey[];
  readonly revoked?: readonly TestKey[];
  readonly epoch?: number;
  /** Seconds from `now` to `exp`. */
  readonly lifetime?: number;
  /** Who signs: the first root of the key set before it unless given. */
  readonly by?: TestKey;
  /** Replaces single claims, for key sets that a good root never signs. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
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
 * answers head (ETag, 304, long poll), objects, bundle, key sets and status reports as a real publisher does.
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
  /** Root-signed key sets, version 1 first; what stands here is served as it is. */
  readonly keySets: string[] = [];
  roots: readonly TestKey[] = [];
  #revoked: KeySetClaims["revoked"] = [];
  #epoch = 1;
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
      epoch: Math.max(last?.epoch ?? 1, this.#epoch),
      seq: (last?.seq ?? 0) + 1,
      rev: (last?.rev ?? 0) + (changed ? 1 : 0),
      ...(this.current ? { prev: this.current.digest } : {}),
      ttl: this.ttl,
      ...(this.keySets.length > 0 ? { keys_version: this.keySets.length } : {}),
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

  /** Signs what would be the next key set, and does not serve it. */
  async signKeySet(publication: KeySetPublication = {}): Promise<string> {
    const { roots = this.roots, keys = this.keys, by = this.roots[0] ?? roots[0] } = publication;
    const claims = {
      iss: this.baseUrl,
      sub: `${this.baseUrl}/v1/keys`,
      iat: this.now,
      exp: this.now + (publication.lifetime ?? 180 * 86_400),
      version: this.keySets.length + 1,
      epoch: publication.epoch ?? this.#epoch,
      roots: roots.map(publicJwkOf),
      keys: keys.map((key) => ({ ...key.publicJwk, state: "active" })),
      revoked: this.#revokedWith(publication),
      ...publication.claims,
    };
    const header = { typ: "cimd-allowlist-keys+jwt", ...publication.header };
    return this.compact(claims, { header, ...(by ? { key: by } : {}) });
  }

  /** Signs the next key set and serves it. Heads are signed in its epoch from now on. */
  async publishKeySet(publication: KeySetPublication = {}): Promise<string> {
    const jws = await this.signKeySet(publication);
    this.keySets.push(jws);
    this.#revoked = this.#revokedWith(publication);
    this.roots = publication.roots ?? this.roots;
    this.keys = [...(publication.keys ?? this.keys)];
    this.#epoch = publication.epoch ?? this.#epoch;
    return jws;
  }

  #revokedWith({ revoked = [] }: KeySetPublication): KeySetClaims["revoked"] {
    return [...this.#revoked, ...revoked.map(({ kid }) => ({ kid, at: this.now, reason: "stolen" }))];
  }

  /** The lines of the bundle: the head, then what its root reaches, parents first. */
  bundle(): string[] {
    if (!this.current) return [];
    const lines = [this.current.jws];
    const waiting = [this.current.claims.root];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const body = this.objects.get(name);
      if (body === undefined) continue;
      lines.push(body);
      waiting.push(...Object.values((JSON.parse(body) as Partial<BranchObject>).children ?? {}));
    }
    return lines;
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
    if (path.startsWith("/v1/keys/")) return this.#keySet(Number(path.slice("/v1/keys/".length)), response);
    if (path === `${under}/bundle`) return this.#bundle(request, response);
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

  #keySet(version: number, response: ServerResponse): void {
    const jws = this.keySets[version - 1];
    if (jws === undefined) return void response.writeHead(404, { "cache-control": "max-age=30" }).end();
    response.writeHead(200, { "content-type": "application/cimd-allowlist-keys+jwt" }).end(jws);
  }

  #bundle(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#authorized(request)) return void response.writeHead(401).end();
    if (!this.current) return void response.writeHead(503, { "retry-after": "5" }).end();
    const headers = { "content-type": "application/cimd-allowlist-bundle", "cache-control": "max-age=60" };
    response.writeHead(200, headers).end(`${this.bundle().join("\n")}\n`);
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
