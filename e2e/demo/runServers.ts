import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import type { DemoServer } from "./foundCompany.ts";

/** The demo's authorization servers: real consumers of the real lists. One went quiet on its way home. */
export function runServers(baseUrl: string, servers: readonly DemoServer[]): () => Promise<void> {
  const running = servers
    .filter((server) => server.name !== "idp-us-1")
    .map((server) => {
      const consumer = createConsumer({
        head: `${baseUrl}/v1/lists/${server.slug}/head`,
        token: server.token,
        mode: "mirror",
        enforcement: server.name === "social-auth" ? "report_only" : "enforce",
        store: memoryStore(),
        status: { url: baseUrl, consumerId: server.consumerId, instance: server.name },
      });
      consumer.start();
      return consumer;
    });
  return async () => {
    await Promise.all(running.map((consumer) => consumer.stop()));
  };
}
