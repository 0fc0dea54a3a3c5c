import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createRemoteJWKSet, jwtVerify } from "jose";

export interface McpServerOptions {
  /** Asked on every request, so that the authorization server may start later than this one. */
  readonly authorizationServer: () => string;
  /** Default `tickets.read`. */
  readonly scope?: string;
  readonly port?: number;
}

export interface RunningMcpServer {
  /** The MCP endpoint; also the resource identifier (RFC 8707) that a grant names. */
  readonly url: string;
  stop(): Promise<void>;
}

/** An MCP resource server on loopback (Streamable HTTP, stateless): JWTs of one issuer, its own audience, one scope. */
export async function startMcpServer(options: McpServerOptions): Promise<RunningMcpServer> {
  const scope = options.scope ?? "tickets.read";
  let origin = "";
  const resource = () => `${origin}/mcp`;
  const metadataUrl = () => `${origin}/.well-known/oauth-protected-resource/mcp`;
  const verify = tokenVerifier(options.authorizationServer, resource);

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    if (pathname === "/.well-known/oauth-protected-resource/mcp") {
      const authorization_servers = [options.authorizationServer()];
      return json(response, 200, { resource: resource(), authorization_servers, scopes_supported: [scope] });
    }
    if (pathname !== "/mcp") return json(response, 404, { error: "not_found" });

    const auth = await verify(request).catch(() => undefined);
    const challenge = `resource_metadata="${metadataUrl()}", scope="${scope}"`;
    if (auth === undefined) {
      response.setHeader("www-authenticate", `Bearer error="invalid_token", ${challenge}`);
      return json(response, 401, { error: "invalid_token" });
    }
    if (!auth.scopes.includes(scope)) {
      response.setHeader("www-authenticate", `Bearer error="insufficient_scope", ${challenge}`);
      return json(response, 403, { error: "insufficient_scope" });
    }
    if (request.method !== "POST") return json(response, 405, { error: "method_not_allowed" });
    await answer(Object.assign(request, { auth }), response);
  });
  await new Promise<void>((ready, fail) =>
    server.once("error", fail).listen(options.port ?? 0, "127.0.0.1", ready),
  );
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: resource(),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** RFC 9068 as far as a lab needs it: signature, issuer, audience, expiry. */
function tokenVerifier(issuer: () => string, audience: () => string) {
  const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
  return async (request: IncomingMessage): Promise<AuthInfo> => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const keys = keySets.get(issuer()) ?? createRemoteJWKSet(new URL("/jwks", issuer()));
    keySets.set(issuer(), keys);
    const { payload } = await jwtVerify(token, keys, { issuer: issuer(), audience: audience() });
    const scopes = (typeof payload.scope === "string" ? payload.scope : "").split(" ");
    const extra = { sub: payload.sub };
    return { token, clientId: String(payload.client_id), scopes, expiresAt: payload.exp, extra };
  };
}

async function answer(
  request: IncomingMessage & { auth: AuthInfo },
  response: ServerResponse,
): Promise<void> {
  const mcp = new McpServer({ name: "tickets", version: "1.0.0" });
  const text = (value: unknown) => ({ content: [{ type: "text" as const, text: JSON.stringify(value) }] });
  mcp.registerTool("whoami", { description: "Who is signed in, through which client" }, () =>
    text({ sub: request.auth.extra?.sub, client_id: request.auth.clientId, scopes: request.auth.scopes }),
  );
  mcp.registerTool("tickets.list", { description: "Open tickets" }, () =>
    text([{ id: 1204, title: "Printer on the third floor is on fire" }]),
  );
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.once("close", () => void mcp.close());
  await mcp.connect(transport);
  await transport.handleRequest(request, response);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
