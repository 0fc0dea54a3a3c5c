import { randomBytes } from "node:crypto";
import { auth, UnauthorizedError, type OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { OAuthClientInformationMixed, OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";

export interface McpClientOptions {
  /** The MCP endpoint. */
  readonly serverUrl: string;
  /** The client_id: an https URL. This process never fetches it. */
  readonly clientId: string;
  readonly redirectUri: string;
}

export interface McpClient {
  /** Connects without a token; the URL a browser has to open. */
  signIn(): Promise<URL>;
  /** The code (or error) that came back to the redirect URI; throws on an error or a foreign `state`. */
  finish(callback: URL): Promise<void>;
  /** Calls a tool; its text, parsed. Signed in with a dead token it tries to refresh, as the SDK does. */
  call(tool: string): Promise<unknown>;
  /** Uses the refresh token now; throws what the authorization server answered. */
  refresh(): Promise<void>;
  tokens(): OAuthTokens | undefined;
  close(): Promise<void>;
}

/** An MCP client made of the official SDK that identifies itself with a URL (`clientMetadataUrl`). */
export function createMcpClient({ serverUrl, clientId, redirectUri }: McpClientOptions): McpClient {
  let information: OAuthClientInformationMixed | undefined;
  let tokens: OAuthTokens | undefined;
  let verifier = "";
  let opened: URL | undefined;
  const state = randomBytes(12).toString("base64url");
  const provider: OAuthClientProvider = {
    redirectUrl: redirectUri,
    clientMetadataUrl: clientId,
    clientMetadata: { client_name: "lab", redirect_uris: [redirectUri] },
    state: () => state,
    clientInformation: () => information,
    saveClientInformation: (given) => void (information = given),
    tokens: () => tokens,
    saveTokens: (given) => void (tokens = given),
    redirectToAuthorization: (url) => void (opened = url),
    saveCodeVerifier: (given) => void (verifier = given),
    codeVerifier: () => verifier,
  };
  const client = new Client({ name: "lab", version: "1.0.0" });
  const newTransport = () =>
    new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider: provider });
  let waiting = newTransport();

  return {
    async signIn() {
      await client.connect(waiting as Parameters<typeof client.connect>[0]).catch((error: unknown) => {
        if (!(error instanceof UnauthorizedError)) throw error;
      });
      if (opened === undefined) throw new Error("The server asked for no authorization");
      return opened;
    },
    async finish(callback) {
      const answer = callback.searchParams;
      if (answer.has("error")) throw new Error(`${answer.get("error")}: ${answer.get("error_description")}`);
      if (answer.get("state") !== state) throw new Error("The state is not the one that was sent");
      await waiting.finishAuth(answer.get("code") ?? "");
      waiting = newTransport();
      await client.connect(waiting);
    },
    async call(tool) {
      const result = await client.callTool({ name: tool });
      const [first] = result.content as { text: string }[];
      return JSON.parse(first?.text ?? "null");
    },
    async refresh() {
      opened = undefined;
      const result = await auth(provider, { serverUrl });
      if (result !== "AUTHORIZED") throw new Error("The refresh was refused; the SDK asks to sign in again");
    },
    tokens: () => tokens,
    close: () => client.close(),
  };
}
