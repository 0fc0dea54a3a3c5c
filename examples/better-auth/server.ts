import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { createConsumer, fileStore } from "@rollcall/consumer";
import { createAuth } from "./createAuth.ts";
import { memoryDatabase } from "./memoryDatabase.ts";
import { serveWithSignIn } from "./signIn.ts";

const { env } = process;
const { values } = parseArgs({
  options: {
    head: { type: "string", default: env.ROLLCALL_HEAD },
    token: { type: "string", default: env.ROLLCALL_TOKEN },
    "consumer-id": { type: "string", default: env.ROLLCALL_CONSUMER_ID },
    port: { type: "string", default: env.PORT ?? "4401" },
    resource: { type: "string", default: env.RESOURCE ?? "http://127.0.0.1:3000/mcp" },
    scopes: { type: "string", default: env.SCOPES ?? "tickets.read tickets.write" },
    state: { type: "string", default: env.STATE_DIRECTORY ?? "data/allowlist" },
    "report-only": { type: "boolean", default: env.REPORT_ONLY === "1" },
  },
});
if (!values.head) {
  console.error(
    "Give the enrolment string of the list: --head 'https://…/v1/lists/<list>/head#root=…', or ROLLCALL_HEAD.",
  );
  process.exit(2);
}

const consumerId = values["consumer-id"];
const enforcement = values["report-only"] ? "report_only" : "enforce";
const consumer = createConsumer({
  head: values.head,
  token: values.token,
  mode: "mirror",
  enforcement,
  store: fileStore(values.state),
  status: consumerId ? { url: values.head.replace(/\/v1\/lists\/.*$/, ""), consumerId } : undefined,
  onEvent: (event) => console.log(JSON.stringify(event)),
});
await consumer.ready();
consumer.start();

const origin = `http://127.0.0.1:${values.port}`;
const auth = createAuth({
  baseURL: origin,
  secret: env.BETTER_AUTH_SECRET ?? randomBytes(32).toString("base64url"),
  allowlist: consumer,
  database: memoryDatabase(),
  resources: [{ identifier: values.resource, allowedScopes: values.scopes.split(" ") }],
  onRefused: (client_id, why) => console.log(JSON.stringify({ type: "refused", client_id, why })),
  // An MCP client that saw the promise and is refused does not fall back to anything.
  announce: () => enforcement === "report_only" || Boolean(consumer.head()?.count),
});
const server = serveWithSignIn(auth, origin).listen(Number(values.port), "127.0.0.1", () =>
  console.log(`${origin}/api/auth (${enforcement}, list ${consumer.head()?.seq ?? "not yet verified"})`),
);
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void consumer.stop();
  });
