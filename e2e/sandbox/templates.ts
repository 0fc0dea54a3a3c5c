import type { SandboxDocument } from "./SandboxDocument.ts";
import type { Template } from "./SandboxWorld.ts";

/** chatgpt.com answers any id with a valid document (recorded in September 2026). */
const chatgptConnector: Template = (url): SandboxDocument | undefined => {
  const id = /^\/oauth\/([A-Za-z0-9_-]+)\/client\.json$/.exec(url.pathname)?.[1];
  if (url.host !== "chatgpt.com" || id === undefined) return undefined;
  return {
    url: url.href,
    body: {
      client_id: url.href,
      client_uri: "https://chatgpt.com/",
      client_name: "ChatGPT",
      logo_uri: "https://persistent.oaistatic.com/sonic/misc/openai-logo.png",
      redirect_uris: [`https://chatgpt.com/connector/oauth/${id}`],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      token_endpoint_auth_signing_alg: "RS256",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      jwks_uri: "https://chatgpt.com/oauth/jwks.json",
    },
  };
};

export const templates: readonly Template[] = [chatgptConnector];
