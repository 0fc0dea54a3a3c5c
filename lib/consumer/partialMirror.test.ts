import { createHash } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import { memoryStore } from "./memoryStore.ts";
import { entries, harness, type Harness } from "./testing/harness.ts";

let h: Harness;
afterEach(() => h.publisher.close());

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const digits = [..."0123456789abcdef"];

/** A tree of 545 objects that nobody signed, under the head that a bundle claims to begin with. */
function foreignBundle(claims: object): string {
  const leaf = (n: number) => JSON.stringify({ v: 1, entries: { [`https://x.example/${n}`]: {} } });
  const lines: string[] = [];
  const branch = (below: string[]) => {
    const children = Object.fromEntries(below.map((body, place) => [digits[place], sha256(body)]));
    return JSON.stringify({ v: 1, children });
  };
  const groups = Array.from({ length: 32 }, (_, group) =>
    Array.from({ length: 16 }, (_, place) => leaf(group * 16 + place)),
  );
  const halves = [groups.slice(0, 16), groups.slice(16)].map((half) => ({
    half,
    body: branch(half.map(branch)),
  }));
  const root = branch(halves.map(({ body }) => body));
  lines.push(root);
  for (const { half, body } of halves) {
    lines.push(body, ...half.map(branch));
    for (const group of half) lines.push(...group);
  }
  const payload = Buffer.from(JSON.stringify({ ...claims, root: sha256(root) })).toString("base64url");
  return [`e30.${payload}.x`, ...lines].join("\n");
}

it("what a bundle brought for a head that nobody signed does not fill the disk of a mirror that gets no further", async () => {
  const kept = new Set<string>();
  const inner = memoryStore();
  const store = {
    ...inner,
    writeObject: async (name: string, body: Uint8Array) => {
      kept.add(name);
      await inner.writeObject(name, body);
    },
    keepObjects: async (names: ReadonlySet<string>) => {
      for (const name of kept) if (!names.has(name)) kept.delete(name);
      await inner.keepObjects(names);
    },
  };
  h = await harness({ mode: "mirror", store });
  await h.publisher.publish({ entries: entries(200) });
  const bundle = foreignBundle(h.publisher.current!.claims);
  h.publisher.intercept = (request, response) => {
    if (request.url?.endsWith("/bundle")) response.writeHead(200).end(bundle);
    else if (request.url?.includes("/objects/")) response.writeHead(404).end();
    else return false;
    return true;
  };
  expect(await h.consumer.refresh()).toMatchObject({ outcome: "partial" });
  expect(kept.size).toBeLessThan(10);
});
