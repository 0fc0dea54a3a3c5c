import { FetchFailed } from "./FetchFailed.ts";
import type { ReadObject } from "./objectReader.ts";

const maxDepth = 16;
const parallel = 8;

interface Step {
  readonly name: string;
  /** The object at the same place of a tree that is already complete. */
  readonly known: string | null;
  readonly depth: number;
}

/**
 * Brings every object of a tree here, reading only what differs from a tree that is complete already. Resolves
 * when nothing is missing; rejects with FetchFailed at the first object that cannot be had, and when time is up.
 */
export async function mirrorTree(
  root: string,
  complete: string | null,
  read: ReadObject,
  timeIsUp: () => boolean = () => false,
): Promise<void> {
  const waiting: Step[] = [{ name: root, known: complete, depth: 0 }];
  // Few objects that name one another many times would otherwise be a tree without end.
  const met = new Set([root]);
  while (waiting.length > 0) {
    if (timeIsUp()) throw new FetchFailed("timeout", "The objects of the list took too long to come.");
    const found = await Promise.all(waiting.splice(-parallel).map((step) => childrenOf(step, read)));
    for (const step of found.flat()) {
      if (met.has(step.name)) continue;
      met.add(step.name);
      waiting.push(step);
    }
  }
}

async function childrenOf({ name, known, depth }: Step, read: ReadObject): Promise<Step[]> {
  if (name === known) return [];
  if (depth > maxDepth) throw new FetchFailed("malformed", `The list is deeper than ${maxDepth} levels.`);
  const object = await read(name);
  if (object.kind === "leaf") return [];
  if (object.kind !== "branch")
    throw new FetchFailed("malformed", `The object ${name} is not part of a tree.`);
  const before = known === null ? null : await read(known);
  return [...object.children].map(([digit, child]) => ({
    name: child,
    known: before?.kind === "branch" ? (before.children.get(digit) ?? null) : null,
    depth: depth + 1,
  }));
}
