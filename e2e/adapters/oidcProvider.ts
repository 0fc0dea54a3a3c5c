import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import { startAuthorizationServer } from "../lab/startAuthorizationServer.ts";
import type { Adapter, RunningServer, Stage } from "./Adapter.ts";

async function start(stage: Stage, pinned: boolean): Promise<RunningServer> {
  let ahead = 0;
  const consumer = createConsumer({
    head: stage.head,
    mode: "mirror",
    enforcement: "enforce",
    store: memoryStore(),
    clock: () => Date.now() + ahead,
  });
  await consumer.ready();
  consumer.start();
  const server = await startAuthorizationServer({
    allowlist: consumer,
    fetch: stage.fetch,
    ...(pinned && { pinned: {} }),
  });
  return {
    issuer: server.issuer,
    resource: "https://mcp.example.com/mcp",
    use: (token) => fetch(`${server.issuer}/me`, { headers: { authorization: `Bearer ${token}` } }),
    advance: async (seconds) => void (ahead += seconds * 1000),
    async stop() {
      await server.stop();
      await consumer.stop();
    },
  };
}

const common = { scopes: ["openid"], ownUserinfoToken: true } as const;

export const oidcProvider: Adapter = {
  ...common,
  name: "oidc-provider",
  start: (stage) => start(stage, false),
};

export const oidcProviderPinned: Adapter = {
  ...common,
  name: "oidc-provider, pinned",
  pinned: true,
  start: (stage) => start(stage, true),
};
