import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTrie } from "./buildTrie.ts";
import type { PlacedNode } from "./PlacedNode.ts";
import { planRevision, type TrieChange } from "./planRevision.ts";
import { reviseTree } from "./reviseTree.ts";
import { renderEntry, triePath, type RenderedEntry } from "./trieNode.ts";
import type { AllowlistEntry } from "./wire.ts";
import { hexDigits } from "./writeBranch.ts";

/** A store of a tree as the database keeps it: nodes and entries, asked only for what a plan needs. */
function store(salt?: string) {
  const nodes = new Map<string, PlacedNode>();
  const entries = new Map<string, RenderedEntry>();
  const objects = new Map<string, string>();
  return {
    nodes,
    objects,
    revise(wanted: ReadonlyMap<string, AllowlistEntry | undefined>) {
      const changes: TrieChange[] = [...wanted].flatMap(([clientId, entry]) => {
        const path = triePath(clientId);
        const before = entries.get(path)?.bytes;
        const after = entry && renderEntry([clientId, entry]);
        return before === undefined && !after ? [] : [{ path, before, after }];
      });
      if (changes.length === 0 && nodes.size > 0) return 0;
      const onPaths = new Map(
        changes.flatMap(({ path }) =>
          Array.from({ length: 17 }, (_, length) => path.slice(0, length)).flatMap((prefix) => {
            const node = nodes.get(prefix);
            return node ? [[prefix, node] as const] : [];
          }),
        ),
      );
      const plan =
        changes.length > 0
          ? planRevision(onPaths, changes, salt)
          : { regions: [{ prefix: "", changes: [] }], branches: [] };
      for (const prefix of plan.branches)
        for (const digit of hexDigits) {
          const child = nodes.get(prefix + digit);
          if (child) onPaths.set(child.prefix, child);
        }
      const regions = new Map(
        plan.regions.map(({ prefix }) => [
          prefix,
          {
            nodes: [...nodes.values()].filter((node) => node.prefix.startsWith(prefix)),
            entries: [...entries].flatMap(([path, entry]) =>
              path.startsWith(prefix) ? [{ path, entry }] : [],
            ),
          },
        ]),
      );
      const revised = reviseTree(plan, { nodes: onPaths, regions }, salt);
      for (const prefix of revised.removed) nodes.delete(prefix);
      for (const node of revised.put) nodes.set(node.prefix, node);
      for (const [sha, body] of revised.objects) objects.set(sha, body);
      for (const { path, after } of changes)
        if (after) entries.set(path, after);
        else entries.delete(path);
      return revised.put.length;
    },
  };
}

const ids = Array.from({ length: 400 }, (_, n) => `https://client-${n}.example/c.json`);
const entry = (ref: string): AllowlistEntry => ({ status: "allow", ref });
const asTree = (nodes: Iterable<PlacedNode>) => [...nodes].sort((a, b) => (a.prefix < b.prefix ? -1 : 1));

describe("reviseTree", () => {
  it("ends with the root, nodes and objects of the whole set, in whatever order changes come", () => {
    const change = fc.tuple(
      fc.integer({ min: 0, max: ids.length - 1 }),
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom("a", "b", "x".repeat(9_000)) },
        { weight: 2, arbitrary: fc.constant(undefined) },
      ),
    );
    const batches = fc.array(fc.array(change, { minLength: 1, maxLength: 60 }), { maxLength: 6 });
    const property = fc.property(
      fc.option(fc.constantFrom("0123456789abcdefghijkl"), { nil: undefined }),
      fc.integer({ min: 0, max: ids.length }),
      batches,
      (salt, first, rest) => {
        const tree = store(salt);
        const all = new Map<string, AllowlistEntry>(ids.slice(0, first).map((id) => [id, entry("first")]));
        tree.revise(all);
        for (const batch of rest) {
          const wanted = new Map(
            batch.map(([n, ref]) => [ids[n]!, ref === undefined ? undefined : entry(ref)]),
          );
          tree.revise(wanted);
          for (const [id, now] of wanted)
            if (now) all.set(id, now);
            else all.delete(id);
          const whole = buildTrie(all, salt);
          expect(asTree(tree.nodes.values())).toEqual(asTree(whole.nodes));
          for (const [sha, body] of whole.objects) expect(tree.objects.get(sha)).toBe(body);
        }
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  it("writes one path when one entry of many changes, splits at 129 and merges at 128", () => {
    const tree = store();
    tree.revise(new Map(ids.slice(0, 128).map((id) => [id, entry("a")])));
    expect(tree.nodes.size).toBe(1);
    tree.revise(new Map([[ids[128]!, entry("a")]]));
    expect(tree.nodes.get("")?.isLeaf).toBe(false);
    expect(tree.revise(new Map([[ids[5]!, entry("b")]]))).toBe(2);
    tree.revise(new Map([[ids[7]!, undefined]]));
    expect(tree.nodes.size).toBe(1);
    expect(tree.revise(new Map([[ids[9]!, entry("a")]]))).toBe(0);
  });

  it("ends with one empty leaf when the last entry goes", () => {
    const tree = store();
    tree.revise(new Map([[ids[0]!, entry("a")]]));
    tree.revise(new Map([[ids[0]!, undefined]]));
    expect([...tree.nodes.values()]).toEqual([...buildTrie([]).nodes]);
  });
});
