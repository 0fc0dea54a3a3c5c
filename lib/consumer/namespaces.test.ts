import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { Harness } from "./testing/harness.ts";
import { entries, harness } from "./testing/harness.ts";
import type { NamespaceEntry } from "./wire.ts";

const child = { client_id: "https://chat.example/oauth/abc/client.json" };
const chat: NamespaceEntry = { pattern: "https://chat.example/oauth/*/client.json", status: "allow" };

let h: Harness;
afterEach(() => h.publisher.close());

function store(value: unknown): string {
  const body = JSON.stringify(value);
  const name = createHash("sha256").update(body).digest("hex");
  h.publisher.objects.set(name, body);
  return name;
}
const nsOf = (...namespaces: NamespaceEntry[]) => store({ namespaces, v: 1 });

async function serving(mode: "lazy" | "mirror", ns: () => string): Promise<void> {
  h = await harness({ mode });
  await h.publisher.publish({ entries: entries(3), claims: { ns: ns() } });
  await h.consumer.ready();
}

describe.each(["lazy", "mirror"] as const)("%s", (mode) => {
  it("admits a child, until a head without the namespace arrives", async () => {
    await serving(mode, () => nsOf(chat));
    expect(await h.consumer.decide(child)).toMatchObject({ decision: "allow", namespace: chat });
    await h.publisher.publish();
    await h.consumer.refresh();
    expect((await h.consumer.decide(child)).reasons).toEqual(["not_listed"]);
  });

  it.each<[string, () => string, string]>([
    ["missing", () => "0".repeat(64), "unavailable"],
    ["a leaf", () => store({ entries: { [child.client_id]: { status: "allow" } }, v: 1 }), "unavailable"],
    ["both a leaf and namespaces", () => store({ entries: {}, namespaces: [chat], v: 1 }), "unavailable"],
    ["not understood", () => store({ namespaces: [{ ...chat, only_on: "tuesdays" }], v: 1 }), "unavailable"],
  ])("refuses every child when the object is %s", async (_, ns, reason) => {
    await serving(mode, ns);
    expect((await h.consumer.decide(child)).reasons).toEqual([reason]);
  });

  it("refuses every child when the object is not what its name says", async () => {
    await serving(mode, () => "1".repeat(64));
    h.publisher.objects.set("1".repeat(64), JSON.stringify({ namespaces: [chat], v: 1 }));
    expect((await h.consumer.decide(child)).reasons).toEqual(["unavailable"]);
  });
});

it("a lazy consumer asks nobody for namespaces while a client is listed itself", async () => {
  await serving("lazy", () => "0".repeat(64));
  expect((await h.consumer.decide({ client_id: "https://client-1.example/c.json" })).decision).toBe("allow");
});

it("namespaces in the place of the tree are no tree", async () => {
  h = await harness();
  await h.publisher.publish({ claims: { root: nsOf(chat) } });
  await h.consumer.ready();
  expect((await h.consumer.decide(child)).reasons).toEqual(["unavailable"]);
});

it("a head that drops the namespace while it is looked up counts", async () => {
  await serving("lazy", () => nsOf(chat));
  const ns = nsOf(chat);
  h.publisher.intercept = (request, response) => {
    if (!request.url?.endsWith(ns)) return false;
    h.publisher.intercept = undefined;
    void h.publisher
      .publish()
      .then(() => h.consumer.refresh())
      .then(() => response.writeHead(200).end(h.publisher.objects.get(ns)));
    return true;
  };
  expect((await h.consumer.decide(child)).reasons).toEqual(["not_listed"]);
});

it("a mirror holds the namespaces and needs nobody to decide", async () => {
  await serving("mirror", () => nsOf(chat));
  h.publisher.objects.clear();
  expect((await h.consumer.decide(child)).decision).toBe("allow");
});

it("a mirror still loading refuses children when the namespaces changed with the tree", async () => {
  await serving("mirror", () => nsOf(chat));
  const wide = { ...chat, pattern: "https://chat.example/oauth/abc/*" };
  const next = await h.publisher.sign({ entries: entries(4), claims: { ns: nsOf(wide) } });
  h.publisher.objects.delete(next.claims.root);
  h.publisher.serve(next);
  expect((await h.consumer.refresh()).outcome).toBe("partial");
  expect((await h.consumer.decide(child)).reasons).toEqual(["unavailable"]);
  expect((await h.consumer.decide({ client_id: "https://client-1.example/c.json" })).decision).toBe("allow");
});

it("a mirror follows the entries though it does not understand the namespaces", async () => {
  await serving("mirror", () => nsOf(chat));
  await h.publisher.publish({ entries: entries(4), claims: { ns: store({ v: 1, namespaces: [{ x: 1 }] }) } });
  expect((await h.consumer.refresh()).outcome).toBe("activated");
  expect((await h.consumer.decide({ client_id: "https://client-3.example/c.json" })).decision).toBe("allow");
});
