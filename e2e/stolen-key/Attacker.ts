import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { find } from "#lib/db/rows.ts";
import type { Context } from "#lib/context.ts";
import { loadKek } from "#lib/keys/loadKek.ts";
import { localSigner } from "#lib/keys/localSigner.ts";
import type { Signer } from "#lib/keys/Signer.ts";
import { signHead } from "#lib/keys/signHead.ts";

export const evil = "https://evil.example/client.json";
const sevenDays = 7 * 86_400;

/**
 * Whoever holds the path between servers and the publisher's lists, say a cache: may answer for heads and objects, and
 * passes everything else on untouched.
 */
export class Attacker {
  #inner = "";
  #forged: string | null = null;
  #objects = new Map<string, string>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  url = "";

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  before(publisher: string): void {
    this.#inner = publisher;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Takes the active key out of a copy of the database and of the key-encryption key. */
  async steal(ctx: Context): Promise<Signer> {
    const row = await find(ctx.db, "signingKey", { state: "active" });
    if (!row) throw new Error("There is nothing to steal.");
    const file = ctx.config.keyEncryptionKeyFile;
    const kek = await loadKek({ file, random: () => new Uint8Array() });
    return localSigner(kek, row.sealedPrivateJwk, row.kid);
  }

  /** From now on every server is given a list that admits the evil client, for as long as the format allows. */
  async serveForged(key: Signer, real: HeadClaims, now: number, change: Partial<HeadClaims>): Promise<void> {
    const entry = {
      status: "allow" as const,
      redirect_uris: [{ uri: "https://evil.example/callback", match: "exact" as const }],
      token_endpoint_auth_method: "none",
      jkts: [],
      grant_types: ["authorization_code"],
      grants: [],
    };
    const { root, objects } = buildTrie([[evil, entry]]);
    this.#objects = new Map([...this.#objects, ...objects]);
    const { prev: _, ns: __, log: ___, ...rest } = real;
    const iat = Math.floor(now / 1_000);
    this.#forged = await signHead(key, {
      ...rest,
      iat,
      exp: iat + sevenDays,
      root,
      count: 1,
      deny: [],
      ...change,
    });
  }

  letGo(): void {
    this.#forged = null;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    if (this.#forged !== null && path.endsWith("/head")) {
      response.writeHead(200, { "content-type": "application/cimd-allowlist+jwt", etag: '"forged"' });
      return void response.end(this.#forged);
    }
    const object = this.#objects.get(path.split("/").at(-1) ?? "");
    if (object !== undefined) return void response.end(object);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
    const answer = await fetch(this.#inner + path, {
      method: request.method,
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      redirect: "manual",
    });
    const {
      "content-encoding": ____,
      "content-length": _____,
      ...answered
    } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, answered);
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}
