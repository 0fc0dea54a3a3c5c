import { createHash } from "node:crypto";
import type { ListedEntry } from "#lib/core/allowlist/trieNode.ts";
import type { AllowlistEntry, NamespaceEntry, RedirectEntry } from "#lib/core/allowlist/wire.ts";
import { TestPublisher, testKey } from "#lib/consumer/testing/publisher.ts";
import type { SandboxFetch } from "../sandbox/sandboxFetch.ts";
import type { Sandbox } from "../sandbox/startSandbox.ts";
import type { Adapter } from "./Adapter.ts";
import { Refused, visit } from "./Visitor.ts";

/** What one check found: how long it took, or why it missed. */
export interface Cell {
  readonly ok: boolean;
  /** How long until it was so. */
  readonly seconds?: number;
  readonly note?: string;
}

/** Names of the checks, in the order they are made. */
export const checks = [
  "listed: signs in, refreshes, is served",
  "listed, its host is down: signs in",
  "unlisted: refused, document not fetched",
  "document widened: what it gained is refused",
  "redirect narrowed: refused",
  "scope narrowed: refused or left out",
  "removed: refused at authorize",
  "removed: refused at refresh",
  "removed: refused at use",
  "listed again: signs in",
  "named by a pattern: signs in, elsewhere is refused",
  "publisher gone for ten minutes: signs in",
  "list expired: refused at authorize",
  "list expired: refused at refresh",
  "list expired: refused at use",
] as const;
export type Check = (typeof checks)[number];

/** Recorded documents of clients that exist. */
const client = "https://claude.ai/oauth/claude-code-client-metadata";
const widened = "https://opencode.ai/oauth/opencode/client.json";
const stranger = "https://vscode.dev/oauth/client-metadata.json";

const anyPort = { uri: "http://127.0.0.1/callback", match: "loopback_any_port" } as const;
const exact = { uri: "http://localhost/callback", match: "exact" } as const;
const atAnyPort = "http://127.0.0.1:51234/callback";
const gained = "https://mirror.opencode-tools.dev/callback";
const strangersRedirect = "https://vscode.dev/redirect";

/** Seconds. */
const [lifetime, patience] = [3600, 10];

/** Every check with one adapter: a publisher of its own, a server of its own, the documents of the sandbox. */
export async function runChecks(
  adapter: Adapter,
  { sandbox, web }: { sandbox: Sandbox; web: SandboxFetch },
): Promise<Map<Check, Cell>> {
  const cells = new Map<Check, Cell>();
  await sandbox.control.reset();
  await widenDocument(sandbox);
  if (adapter.pinned) await sandbox.control.break(client, { kind: "reset" });
  const publisher = new TestPublisher({ keys: [await testKey()], now: Math.floor(Date.now() / 1000) });
  publisher.lifetime = lifetime;
  await publisher.listen();
  await publisher.publish({ entries: [] });
  const server = await adapter.start({ head: publisher.enrolment, fetch: web.fetch });

  const entry = (redirects: RedirectEntry[], scopes = ["tickets.read"]): AllowlistEntry => ({
    status: "allow",
    redirect_uris: redirects,
    token_endpoint_auth_method: "none",
    jkts: [],
    grant_types: ["authorization_code", "refresh_token"],
    grants: [{ resource: server.resource, scopes }],
  });
  const others: ListedEntry[] = [[widened, entry([anyPort])]];
  const list = (...entries: ListedEntry[]) => publisher.publish({ entries: [...others, ...entries] });

  /** Notes how long it took until `attempt` ended as it should. */
  async function check(name: Check, attempt: () => Promise<void>): Promise<void> {
    const since = performance.now();
    const note = await attempt().then(
      () => undefined,
      (error: Error) => error.message,
    );
    const seconds = (performance.now() - since) / 1000;
    cells.set(name, note === undefined ? { ok: true, seconds } : { ok: false, note });
  }

  try {
    const visitor = await visit(adapter, server);
    const fetched = async (url: string) => (await sandbox.control.requests(url)).length;
    const signIn = (redirect = atAnyPort, scopes?: string[]) => visitor.signIn(client, redirect, scopes);
    const full = entry([anyPort, exact], ["tickets.read", "tickets.write"]);

    await list([client, full]);
    await until("allowed", () => signIn());
    await check("listed: signs in, refreshes, is served", async () => {
      const tokens = await visitor.refresh(client, await signIn());
      await visitor.use(await visitor.usable(client, tokens));
      await signIn(exact.uri, ["tickets.read", "tickets.write"]);
    });
    if (adapter.pinned)
      await check("listed, its host is down: signs in", async () => {
        await signIn();
        if ((await fetched(client)) > 0) throw new Error("its document was asked for");
      });
    await check("unlisted: refused, document not fetched", async () => {
      await refused(() => visitor.signIn(stranger, strangersRedirect));
      if ((await fetched(stranger)) > 0) throw new Error("its document was fetched");
    });
    await check("document widened: what it gained is refused", async () => {
      await visitor.signIn(widened, atAnyPort);
      await refused(() => visitor.signIn(widened, gained));
    });

    await list([client, entry([anyPort], ["tickets.read", "tickets.write"])]);
    await check("redirect narrowed: refused", () => until("refused", () => signIn(exact.uri)));
    const both = ["tickets.read", "tickets.write"];
    let tokens = await signIn(atAnyPort, both);
    await list([client, entry([anyPort])]);
    await check("scope narrowed: refused or left out", async () => {
      await until("refused", async () => withBoth((tokens = await visitor.refresh(client, tokens))));
      await refused(async () => withBoth(await signIn(atAnyPort, both)));
    });

    tokens = await signIn();
    const used = await visitor.usable(client, tokens);
    tokens = { ...tokens, refresh_token: used.refresh_token };
    const refresh = async () => void (tokens = await visitor.refresh(client, tokens));
    const beServed = () => visitor.use(used);
    await refresh();
    await beServed();
    await publisher.publish({ entries: [] });
    await Promise.all([
      // Another client: a new sign-in may end the grants of the one before, which would look like a refusal.
      check("removed: refused at authorize", () =>
        until("refused", () => visitor.signIn(widened, atAnyPort)),
      ),
      check("removed: refused at refresh", () => until("refused", refresh)),
      check("removed: refused at use", () => until("refused", beServed)),
    ]);

    await list([client, full]);
    await check("listed again: signs in", () => until("allowed", () => signIn()));

    if (!adapter.pinned) {
      const ns = await withNamespace(publisher, server.resource);
      await publisher.publish({ entries: [[client, full]], claims: { ns } });
      await check("named by a pattern: signs in, elsewhere is refused", async () => {
        await until("allowed", async () => withBoth(await visitor.signIn(widened, atAnyPort, both)));
        await refused(() => visitor.signIn(widened, gained));
      });
      await list([client, full]);
      await until("refused", () => visitor.signIn(widened, gained));
      await signIn();
    }

    await publisher.close();
    await server.advance(600);
    let last = tokens;
    await check("publisher gone for ten minutes: signs in", async () => {
      last = await visitor.usable(client, await signIn());
      await visitor.use(last);
    });
    // A head counts for 60 s past its end.
    await server.advance(lifetime - 600 + 61);
    await check("list expired: refused at authorize", () => refused(() => signIn()));
    await check("list expired: refused at refresh", () => refused(() => visitor.refresh(client, last)));
    await check("list expired: refused at use", () => refused(() => visitor.use(last)));
  } finally {
    await server.stop();
    await publisher.close();
  }
  return cells;
}

/** Makes the object of one namespace, to which the widened client belongs, and gives its name. */
async function withNamespace(publisher: TestPublisher, resource: string): Promise<string> {
  const namespace: NamespaceEntry = {
    pattern: "https://opencode.ai/oauth/*/client.json",
    status: "allow",
    loopback: true,
    token_endpoint_auth_methods: ["none"],
    grant_types: ["authorization_code", "refresh_token"],
    grants: [{ resource, scopes: ["tickets.read", "tickets.write"] }],
  };
  const body = JSON.stringify({ v: 1, namespaces: [namespace] });
  const name = createHash("sha256").update(body).digest("hex");
  publisher.objects.set(name, body);
  return name;
}

/** The recorded document with one redirect more: what somebody who took over the host would add. */
async function widenDocument(sandbox: Sandbox): Promise<void> {
  const documents = await sandbox.control.documents();
  const recorded = documents.find(({ url }) => url === widened)!;
  const body = recorded.body as { redirect_uris: string[] };
  await sandbox.control.publish({
    ...recorded,
    body: { ...body, redirect_uris: [...body.redirect_uris, gained] },
  });
}

/** A token without the narrowed scope is as good as a refusal. */
function withBoth({ scope }: { readonly scope?: string }): void {
  if (!scope?.includes("tickets.write")) throw new Refused("left out");
}

async function refused(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof Refused) return;
    throw error;
  }
  throw new Error("was let in");
}

/** Tries again and again until it ends so; a server hears of a new list by itself. */
async function until(end: "allowed" | "refused", attempt: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + patience * 1000;
  for (;;) {
    const error = await attempt().then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    if (error && !(error instanceof Refused)) throw error;
    if ((error === undefined) === (end === "allowed")) return;
    if (performance.now() > deadline) throw new Error(error ? `was refused: ${error.message}` : "was let in");
    await new Promise((later) => setTimeout(later, 20));
  }
}
