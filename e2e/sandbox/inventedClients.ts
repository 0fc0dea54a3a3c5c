import { inventedKey } from "./inventedKey.ts";
import type { SandboxDocument } from "./SandboxDocument.ts";

/** A key set as a client publishes it. */
export const keySet = (...seeds: string[]) => ({ keys: seeds.map((seed) => inventedKey(seed).publicJwk) });
const codeAndRefresh = { grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] };
const signed = { token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256" };
const open = { token_endpoint_auth_method: "none" };

/** A company that does not exist, and what its client_id serves. */
export interface InventedClient {
  readonly company: string;
  readonly client_id: string;
  readonly document: Readonly<Record<string, unknown>>;
  /** Key set served at the document's jwks_uri. Seeds go to `inventedKey`. */
  readonly keys?: { readonly url: string; readonly seeds: readonly string[] };
}

function client(company: string, client_id: string, members: Record<string, unknown>): InventedClient {
  return { company, client_id, document: { client_id, ...members } };
}

function withKeys(invented: InventedClient, url: string, ...seeds: string[]): InventedClient {
  return { ...invented, document: { ...invented.document, ...signed, jwks_uri: url }, keys: { url, seeds } };
}

/** Believable clients: every way of authenticating, every kind of redirect, two on shared hosts, four of one publisher, one bad one. */
export const inventedClients: readonly InventedClient[] = [
  withKeys(
    client("Tidewater", "https://tidewater.dev/oauth/client.json", {
      client_name: "Tidewater Deploy",
      client_uri: "https://tidewater.dev/",
      logo_uri: "https://tidewater.dev/logo.svg",
      redirect_uris: ["https://tidewater.dev/oauth/callback"],
      contacts: ["security@tidewater.dev"],
      ...codeAndRefresh,
    }),
    "https://tidewater.dev/oauth/jwks.json",
    "tidewater-2026-09",
    "tidewater-2026-11",
  ),
  client("Harborlight", "https://harborlight.app/.well-known/oauth-client", {
    client_name: "Harborlight Assistant",
    client_uri: "https://harborlight.app/",
    redirect_uris: ["https://harborlight.app/auth/callback", "https://harborlight.app/auth/popup"],
    policy_uri: "https://harborlight.app/privacy",
    tos_uri: "https://harborlight.app/terms",
    ...codeAndRefresh,
    ...open,
  }),
  client("Cobalt Notes", "https://cobaltnotes.app/oauth/client-metadata.json", {
    client_name: "Cobalt Notes",
    client_uri: "https://cobaltnotes.app/",
    redirect_uris: ["https://cobaltnotes.app/connect/done"],
    jwks: keySet("cobaltnotes-1"),
    ...codeAndRefresh,
    ...signed,
  }),
  client("Meadowlark", "https://meadowlark.blog/client.json", {
    client_name: "Meadowlark",
    client_uri: "https://meadowlark.blog/",
    redirect_uris: ["https://meadowlark.blog/indieauth/callback"],
  }),
  client("Orchard Tools", "https://orchardtools.dev/cli/client.json", {
    client_name: "Orchard CLI",
    client_uri: "https://orchardtools.dev/",
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/callback", "http://[::1]/callback"],
    software_id: "6f6c5f0e-4f1d-4a68-9a52-7c3f1f0f2a11",
    software_version: "3.4.0",
    ...codeAndRefresh,
    ...open,
  }),
  client("Quill", "https://quillagent.dev/oauth/client.json", {
    client_name: "Quill Agent",
    client_uri: "https://quillagent.dev/",
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/callback", "https://quillagent.dev/oauth/callback"],
    ...codeAndRefresh,
    ...open,
  }),
  client("Scratchpad", "https://scratchpad-agent.github.io/client-metadata.json", {
    client_name: "scratchpad-agent",
    redirect_uris: ["http://127.0.0.1:8976/oauth/callback"],
    ...codeAndRefresh,
    ...open,
  }),
  withKeys(
    client("Ferrystack", "https://ferrystack.dev/oauth/client.json", {
      client_name: "Ferrystack Sync",
      client_uri: "https://ferrystack.dev/",
      redirect_uris: ["https://app.ferrystack.dev/oauth/callback"],
      ...codeAndRefresh,
    }),
    "https://keys.ferrystack.dev/jwks.json",
    "ferrystack-a",
  ),
  client("Lantern Mail", "https://lanternmail.app/oauth/client.json", {
    client_name: "Lantern Mail",
    client_uri: "https://lanternmail.app/",
    redirect_uris: [
      "https://lanternmail.app/oauth/callback",
      "https://staging.lanternmail.app/oauth/callback",
      "https://preview-482.lanternmail.app/oauth/callback",
      "https://lanternmail.vercel.app/oauth/callback",
    ],
    ...codeAndRefresh,
    ...open,
  }),
  withKeys(
    client("Pinegrove", "https://pinegrove.systems/agents/reporting.json", {
      client_name: "Pinegrove Reporting Agent",
      client_uri: "https://pinegrove.systems/",
      redirect_uris: ["https://pinegrove.systems/agents/callback"],
      scope: "tickets.read reports.read",
      grant_types: ["authorization_code", "refresh_token", "client_credentials"],
      response_types: ["code"],
    }),
    "https://pinegrove.systems/agents/jwks.json",
    "pinegrove-reporting",
  ),
  client("North Quay", "https://northquay.dev/ide/client.json", {
    client_name: "North Quay IDE",
    client_uri: "https://northquay.dev/",
    application_type: "native",
    redirect_uris: ["dev.northquay.ide:/callback", "http://127.0.0.1/callback"],
    ...codeAndRefresh,
    ...open,
  }),
  client("Saltmarsh Labs", "https://saltmarsh-labs.pages.dev/oauth/client.json", {
    client_name: "Saltmarsh Notebook",
    redirect_uris: ["https://saltmarsh-labs.pages.dev/callback"],
    ...codeAndRefresh,
    ...open,
  }),
  client("Bramblebot", "https://bramblebot.dev/client.json", {
    client_name: "Claude",
    client_uri: "https://claude.ai/",
    redirect_uris: ["https://collect-7731.loca.lt/callback", "http://127.0.0.1/callback"],
    issuer: "https://bramblebot.dev",
    ...codeAndRefresh,
    ...open,
  }),
  withKeys(
    client("Lindenhall", "https://lindenhall.dev/oauth/client.json", {
      client_name: "Lindenhall Sync",
      client_uri: "https://lindenhall.dev/",
      redirect_uris: ["https://lindenhall.dev/oauth/callback"],
      software_version: "2.8.0",
      ...codeAndRefresh,
    }),
    "https://lindenhall.dev/oauth/jwks.json",
    "lindenhall-2026-05",
  ),
  withKeys(
    client("Elmbridge", "https://elmbridge.app/oauth/client.json", {
      client_name: "Elmbridge Analytics",
      client_uri: "https://elmbridge.app/",
      redirect_uris: ["https://elmbridge.app/connect/callback"],
      ...codeAndRefresh,
    }),
    "https://elmbridge.app/oauth/jwks.json",
    "elmbridge-7",
  ),
  withKeys(
    client("Sablepoint", "https://sablepoint.dev/agents/scheduler.json", {
      client_name: "Sablepoint Scheduler",
      client_uri: "https://sablepoint.dev/",
      redirect_uris: ["https://sablepoint.dev/agents/callback"],
      ...codeAndRefresh,
    }),
    "https://sablepoint.dev/agents/jwks.json",
    "sablepoint-main",
    "sablepoint-spare",
  ),
  client("Brightmere", "https://brightmere.app/oauth/client.json", {
    client_name: "Brightmere CRM",
    client_uri: "https://brightmere.app/",
    redirect_uris: ["https://brightmere.app/oauth/callback"],
    tos_uri: "https://brightmere.app/terms",
    ...codeAndRefresh,
    ...open,
  }),
  client("Kittiwake", "https://kittiwake.app/oauth/client.json", {
    client_name: "Kittiwake Meetings",
    client_uri: "https://kittiwake.app/",
    redirect_uris: ["https://kittiwake.app/oauth/callback"],
    ...codeAndRefresh,
    ...open,
  }),
  ...["Drafts", "Calendar", "Archive", "Newsletter"].map((tool) =>
    client(`Almanac ${tool}`, `https://apps.almanacpress.io/clients/${tool.toLowerCase()}.json`, {
      client_name: `Almanac ${tool}`,
      client_uri: "https://almanacpress.io/",
      redirect_uris: [`https://apps.almanacpress.io/callback/${tool.toLowerCase()}`],
      ...codeAndRefresh,
      ...open,
    }),
  ),
];

/** Named by recorded ChatGPT documents but not recorded itself; the private half was thrown away. */
const chatgptKeySet: SandboxDocument = {
  url: "https://chatgpt.com/oauth/jwks.json",
  body: {
    keys: [
      {
        kty: "RSA",
        use: "sig",
        alg: "RS256",
        kid: "sandbox-chatgpt-1",
        e: "AQAB",
        // prettier-ignore
        n: "uNNH18ywvXXyP8ECXyjx5MhNKhyf0__aURhSm--M3w8gQ9HXZRrp9Ydc575yC4HC8-zSIH_gkbhSoLyIQJxZdgtc_D9s2W-xJw_c0vBZCUPiMJKtqzXhOr0ziL5hoEvQzZhfaR6rGKPlufJux-0Rus-9bOQekZ3gcN2v_F_4Q_9PPJWjdWxueHReGXyY-5SFbgpIAfk6lBWWPk2uGkf9Ncp-1dZgO1wCGEfDCOKUePczCaGGEJHh2_K2vLUUUSjxQ8GY22u0u-JUMkMPRA9jPiz2Du0eyahfxC1CaK7KOMcUrDN6e4eAdC5EL3qcpWtH8Q9aAYwA9hIsI2e79sDRHw",
      },
    ],
  },
};

export function inventedDocuments(): SandboxDocument[] {
  const documents = inventedClients.map(({ client_id, document }) => ({ url: client_id, body: document }));
  const sets = inventedClients.flatMap(({ keys }) =>
    keys ? [{ url: keys.url, body: keySet(...keys.seeds) }] : [],
  );
  return [...documents, ...sets, chatgptKeySet];
}
