import { randomBytes } from "node:crypto";
import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import { freePort } from "../lab/startAuthorizationServer.ts";
import type { Adapter, RunningServer, Stage } from "./Adapter.ts";

async function start(stage: Stage): Promise<RunningServer> {
  // Not before its packages are there.
  const { createAuth } = await import("#examples/better-auth/createAuth.ts");
  const { memoryDatabase } = await import("#examples/better-auth/memoryDatabase.ts");
  const { serveWithSignIn } = await import("#examples/better-auth/signIn.ts");
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
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const resource = "https://mcp.example.com/mcp";
  const auth = createAuth({
    baseURL: origin,
    secret: randomBytes(32).toString("base64url"),
    allowlist: consumer,
    database: memoryDatabase(),
    resources: [{ identifier: resource, allowedScopes: ["openid", "tickets.read", "tickets.write"] }],
    fetch: stage.fetch,
  });
  const server = serveWithSignIn(auth, origin);
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    issuer: `${origin}/api/auth`,
    resource,
    use: (token) =>
      fetch(`${origin}/api/auth/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } }),
    advance: async (seconds) => void (ahead += seconds * 1000),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await consumer.stop();
    },
  };
}

export const betterAuth: Adapter = {
  name: "Better Auth",
  ownPackages: "better-auth",
  scopes: ["openid", "offline_access"],
  start,
};
