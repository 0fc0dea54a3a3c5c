import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import Provider from "oidc-provider";
import type { Allowlist } from "#examples/oidc-provider/Allowlist.ts";
import { serveWithSignIn } from "#examples/oidc-provider/signIn.ts";
import { tryOutConfiguration } from "#examples/oidc-provider/tryOutConfiguration.ts";
import { withAllowlist, type AllowlistOptions } from "#examples/oidc-provider/withAllowlist.ts";

export interface AuthorizationServerOptions {
  readonly allowlist: Allowlist;
  /** How documents are fetched: the stock fetch refuses loopback, `sandboxFetch` lives there. */
  readonly fetch: typeof globalThis.fetch;
  readonly scopes?: readonly string[];
  readonly port?: number;
  readonly pinned?: AllowlistOptions["pinned"];
}

export interface AuthorizationServer {
  readonly issuer: string;
  /** Why requests were refused, in the words of the server's log. */
  readonly refusals: string[];
  stop(): Promise<void>;
}

/** The example's authorization server in this process, fetching documents from the sandbox. */
export async function startAuthorizationServer(
  options: AuthorizationServerOptions,
): Promise<AuthorizationServer> {
  const port = options.port ?? (await freePort());
  const issuer = `http://127.0.0.1:${port}`;
  const { allowlist, fetch, pinned } = options;
  const scopes = options.scopes ?? ["tickets.read", "tickets.write"];
  const provider = new Provider(
    issuer,
    withAllowlist({ ...tryOutConfiguration(), fetch }, { allowlist, scopes, pinned }),
  );
  const refusals: string[] = [];
  for (const event of ["authorization.error", "grant.error", "userinfo.error", "introspection.error"])
    provider.on(event, (_ctx, error) => refusals.push(error.error_detail ?? error.message));
  const server = serveWithSignIn(provider);
  await new Promise<void>((ready, fail) => server.once("error", fail).listen(port, "127.0.0.1", ready));
  return {
    issuer,
    refusals,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The issuer is part of the configuration, so the port has to be known before the server listens. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, "127.0.0.1", ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
