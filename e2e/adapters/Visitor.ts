import { createHash, randomBytes } from "node:crypto";
import { browse } from "../lab/browse.ts";
import type { Adapter, RunningServer } from "./Adapter.ts";

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly scope?: string;
}

/** A sign-in or a request ended with an OAuth refusal, in the server's own words. */
export class Refused extends Error {}

/** How servers say no. Anything else that goes wrong is not a refusal but a fault of the server or of this program. */
const refusal =
  /invalid_client|invalid_redirect|invalid_scope|invalid_target|invalid_token|client_disabled|not[ +]approved|access_denied/;

/** A client and the person before it, with one server: plain OAuth 2.1, nothing of any library's. */
export class Visitor {
  readonly #adapter: Adapter;
  readonly #server: RunningServer;
  readonly #metadata: Record<string, string>;

  constructor(adapter: Adapter, server: RunningServer, metadata: Record<string, string>) {
    this.#adapter = adapter;
    this.#server = server;
    this.#metadata = metadata;
  }

  /** Authorization code with PKCE, from the first page to the tokens. */
  async signIn(
    clientId: string,
    redirect_uri: string,
    scopes: readonly string[] = ["tickets.read"],
  ): Promise<Tokens> {
    const verifier = randomBytes(32).toString("base64url");
    const { resource } = this.#server;
    const start = new URL(this.#metadata.authorization_endpoint!);
    start.search = String(
      new URLSearchParams({
        client_id: clientId,
        response_type: "code",
        redirect_uri,
        resource,
        scope: [...this.#adapter.scopes, ...scopes].join(" "),
        state: "here",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      }),
    );
    const { callback, status, text } = await browse(start, redirect_uri);
    const code = callback?.searchParams.get("code");
    if (!code) throw saidNo(callback?.search ?? text, status);
    const form = { grant_type: "authorization_code", client_id: clientId, code, redirect_uri, resource };
    return this.#token({ ...form, code_verifier: verifier });
  }

  /** A refresh, and the token to use at `use`. */
  async refresh(clientId: string, { refresh_token = "" }: Tokens, how: { resource?: false } = {}) {
    const { resource } = this.#server;
    const form = { grant_type: "refresh_token", client_id: clientId, refresh_token };
    const tokens = await this.#token(how.resource === false ? form : { ...form, resource });
    return { refresh_token, ...tokens };
  }

  /** Tokens of which the access token can be used at `use`. */
  async usable(clientId: string, tokens: Tokens): Promise<Tokens> {
    return this.#adapter.ownUserinfoToken ? this.refresh(clientId, tokens, { resource: false }) : tokens;
  }

  async use({ access_token }: Tokens): Promise<void> {
    const response = await this.#server.use(access_token);
    if (!response.ok) throw saidNo(await response.text(), response.status);
    await response.body?.cancel();
  }

  async #token(form: Record<string, string>): Promise<Tokens> {
    const response = await fetch(this.#metadata.token_endpoint!, {
      method: "POST",
      body: new URLSearchParams(form),
    });
    const text = await response.text();
    if (!response.ok) throw saidNo(text, response.status);
    return JSON.parse(text) as Tokens;
  }
}

/** A visitor who knows where to go: from the server's own metadata. */
export async function visit(adapter: Adapter, server: RunningServer): Promise<Visitor> {
  for (const document of ["openid-configuration", "oauth-authorization-server"]) {
    const response = await fetch(`${server.issuer}/.well-known/${document}`);
    if (response.ok) return new Visitor(adapter, server, (await response.json()) as Record<string, string>);
    await response.body?.cancel();
  }
  throw new Error(`${adapter.name} publishes no metadata at ${server.issuer}.`);
}

function saidNo(text: string, status: number): Error {
  const said = refusal.exec(text)?.[0];
  if (said !== undefined && status < 500) return new Refused(said);
  return new Error(`Neither in nor refused (${status}): ${text.slice(0, 300)}`);
}
