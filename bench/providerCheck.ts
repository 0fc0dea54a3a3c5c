import Provider from "oidc-provider";
import { Agent, fetch } from "undici";

/** The resolution of a client_id by oidc-provider itself, over connections that are kept. It remembers the last hundred. */
export function providerCheck(caPem: string) {
  const dispatcher = new Agent({
    connections: 1,
    pipelining: 1,
    allowH2: false,
    connect: {
      ca: caPem,
      lookup: (_host, options, callback) =>
        options.all ? callback(null, [{ address: "127.0.0.1", family: 4 }]) : callback(null, "127.0.0.1", 4),
    },
  });
  const provider = new Provider("https://login.example.com", {
    clientDefaults: { token_endpoint_auth_method: "none" },
    clientAuthMethods: ["none", "private_key_jwt"],
    scopes: ["openid", "profile", "email", "offline_access"],
    fetch: (url: string, options: object) => fetch(url, { ...options, dispatcher }),
    features: {
      devInteractions: { enabled: false },
      clientIdMetadataDocument: {
        enabled: true,
        ack: "draft-02",
        allowFetch: () => true,
        allowClient: () => true,
      },
    },
  });
  return {
    async resolve(clientId: string): Promise<void> {
      const client = await provider.Client.find(clientId);
      if (client?.clientId !== clientId) throw new Error(`${clientId} was not resolved.`);
    },
    close: () => dispatcher.destroy(),
  };
}
