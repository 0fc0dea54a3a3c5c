import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "#lib/core/sha256.ts";
import { buildTrie } from "./buildTrie.ts";
import { entryBytes, triePath } from "./trieNode.ts";
import type { ListedEntry } from "./trieNode.ts";
import type { AllowlistEntry, BranchObject, LeafObject } from "./wire.ts";

const id = (n: number) => `https://client-${n}.example/c.json`;
const some = (n: number): ListedEntry[] =>
  Array.from({ length: n }, (_, index) => [id(index), { status: "allow", ref: `r${index}` }]);
const parse = (body: string | undefined) => JSON.parse(body ?? "") as BranchObject & LeafObject;

function find(trie: ReturnType<typeof buildTrie>, clientId: string): AllowlistEntry | undefined {
  let name: string | undefined = trie.root;
  for (let depth = 0; name; depth++) {
    const node = parse(trie.objects.get(name));
    if (node.entries) return node.entries[clientId];
    name = node.children[triePath(clientId).charAt(depth)];
  }
  return undefined;
}

describe("buildTrie", () => {
  it("writes an empty list as one empty leaf", () => {
    const trie = buildTrie([]);
    expect([...trie.objects.values()]).toEqual(['{"entries":{},"v":1}']);
    expect(trie).toMatchObject({ count: 0, root: sha256Hex('{"entries":{},"v":1}') });
  });

  it("keeps 128 entries in one leaf and splits 129", () => {
    expect(buildTrie(some(128)).objects.size).toBe(1);
    const split = buildTrie(some(129));
    expect(Object.keys(parse(split.objects.get(split.root)).children).length).toBeGreaterThan(8);
    expect(split.count).toBe(129);
  });

  it("splits a leaf of more than 256 KiB", () => {
    const big = some(20).map(([clientId, entry]): ListedEntry => [
      clientId,
      { ...entry, ref: "x".repeat(20_000) },
    ]);
    const trie = buildTrie(big);
    expect(parse(trie.objects.get(trie.root)).children).toBeDefined();
    for (const [clientId] of big) expect(find(trie, clientId)).toBeDefined();
  });

  it("names every object by the SHA-256 of its body and finds every entry again", () => {
    const entries = some(3000);
    const trie = buildTrie(entries);
    for (const [name, body] of trie.objects) expect(sha256Hex(body)).toBe(name);
    for (const [clientId, entry] of entries) expect(find(trie, clientId)).toEqual(entry);
    expect(find(trie, "https://stranger.example/c")).toBeUndefined();
  });

  it("writes every body in RFC 8785 form", () => {
    const odd = [
      "https://a.example/é",
      "https://a.example/\u{1F600}",
      "https://a.example/\uFFFD",
      '"\\\n',
      "10",
      "9",
      "__proto__",
    ];
    const listed = odd.map((each): ListedEntry => [each, { status: "allow", ref: each }]);
    for (const trie of [buildTrie(listed, 's"alt'), buildTrie([...some(400), ...listed])])
      for (const body of trie.objects.values()) expect(body).toBe(canonicalize(JSON.parse(body)));
  });

  it("gives the same set the same root in any order, with members in any order", () => {
    const entry = fc.record({
      status: fc.constant("allow" as const),
      ref: fc.string({ unit: "grapheme" }),
      jkts: fc.array(fc.string({ maxLength: 5 }), { maxLength: 2 }),
    });
    const set = fc.uniqueArray(fc.tuple(fc.webUrl(), entry), { selector: ([url]) => url, maxLength: 300 });
    fc.assert(
      fc.property(set, fc.integer(), (entries, seed) => {
        const shuffled = [...entries]
          .sort((a, b) => (sha256Hex(a[0] + seed) < sha256Hex(b[0] + seed) ? -1 : 1))
          .map(([url, each]): ListedEntry => [
            url,
            Object.fromEntries(Object.entries(each).reverse()) as unknown as AllowlistEntry,
          ]);
        const one = buildTrie(entries);
        const two = buildTrie(shuffled);
        expect(two.root).toBe(one.root);
        expect([...two.objects.keys()].sort()).toEqual([...one.objects.keys()].sort());
      }),
      { numRuns: 60 },
    );
  });

  it("is another list under another salt, and the salt stands in every node", () => {
    const salted = buildTrie(some(200), "c2FsdA");
    expect(salted.root).not.toBe(buildTrie(some(200)).root);
    for (const body of salted.objects.values()) expect(parse(body).salt).toBe("c2FsdA");
  });

  it("refuses an entry of more than 32 KiB and a client listed twice", () => {
    const large: AllowlistEntry = { status: "allow", ref: "x".repeat(33_000) };
    expect(entryBytes(id(1), large)).toBeGreaterThan(32 * 1024);
    expect(() => buildTrie([[id(1), large]])).toThrow(/limit is 32768/);
    expect(() => buildTrie([...some(2), ...some(1)])).toThrow(/listed twice/);
  });

  it("keeps apart client_ids that differ only in ways a URL parser would hide", () => {
    const ids = ["https://a.example", "https://a.example/", "https://A.example/", "https://a.example:443/"];
    const trie = buildTrie(ids.map((each) => [each, { status: "allow", ref: each }]));
    for (const each of ids) expect(find(trie, each)?.ref).toBe(each);
  });
});
