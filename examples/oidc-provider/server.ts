import { parseArgs } from "node:util";
import { createConsumer, fileStore } from "@rollcall/consumer";
import Provider from "oidc-provider";
import { serveWithSignIn } from "./signIn.ts";
import { tryOutConfiguration } from "./tryOutConfiguration.ts";
import { withAllowlist } from "./withAllowlist.ts";

const { env } = process;
const { values } = parseArgs({
  options: {
    head: { type: "string", default: env.ROLLCALL_HEAD },
    token: { type: "string", default: env.ROLLCALL_TOKEN },
    "consumer-id": { type: "string", default: env.ROLLCALL_CONSUMER_ID },
    port: { type: "string", default: env.PORT ?? "4400" },
    scopes: { type: "string", default: env.SCOPES ?? "tickets.read tickets.write" },
    state: { type: "string", default: env.STATE_DIRECTORY ?? "data/allowlist" },
    "report-only": { type: "boolean", default: env.REPORT_ONLY === "1" },
    pinned: { type: "boolean", default: env.PINNED === "1" },
  },
});
if (!values.head) {
  console.error(
    "Give the enrolment string of the list: --head https://…/v1/lists/<list>/head#root=…, or ROLLCALL_HEAD.",
  );
  process.exit(2);
}
if (values.pinned && values["report-only"]) {
  console.error("--pinned makes clients of the list, and can only enforce it: leave out --report-only.");
  process.exit(2);
}

const publisher = values.head.replace(/\/v1\/lists\/.*$/, "");
const consumerId = values["consumer-id"];
const enforcement = values["report-only"] ? "report_only" : "enforce";
const consumer = createConsumer({
  head: values.head,
  token: values.token,
  mode: "mirror",
  enforcement,
  store: fileStore(values.state),
  status: consumerId ? { url: publisher, consumerId } : undefined,
  onEvent: (event) => console.log(JSON.stringify(event)),
});
await consumer.ready();
consumer.start();

const issuer = `http://127.0.0.1:${values.port}`;
const provider = new Provider(
  issuer,
  withAllowlist(tryOutConfiguration(), {
    allowlist: consumer,
    scopes: values.scopes.split(" "),
    ...(values.pinned && { pinned: {} }),
  }),
);
for (const event of ["authorization.error", "grant.error", "userinfo.error", "introspection.error"])
  provider.on(event, (_ctx, error) =>
    console.log(JSON.stringify({ type: "refused", why: error.error_detail ?? error.message })),
  );

// An MCP client that saw the promise and is refused does not fall back to anything: promise nothing while the list is empty.
provider.use(async (ctx, next) => {
  await next();
  const empty = enforcement === "enforce" && !consumer.head()?.count;
  if (ctx.oidc?.route === "discovery" && empty) delete ctx.body.client_id_metadata_document_supported;
});

const server = serveWithSignIn(provider).listen(Number(values.port), "127.0.0.1", () =>
  console.log(`${issuer} (${enforcement}, list ${consumer.head()?.seq ?? "not yet verified"})`),
);
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void consumer.stop();
  });
