import type { PlacedNode } from "./PlacedNode.ts";
import { branchNode } from "./trieNode.ts";

export const hexDigits = [..."0123456789abcdef"];

/** The branch at `prefix` over those of its children that there are. */
export function writeBranch(
  prefix: string,
  child: (prefix: string) => PlacedNode | undefined,
  salt?: string,
): { readonly node: PlacedNode; readonly body: string } {
  const children: Record<string, string> = {};
  let count = 0;
  let bytes = 0;
  for (const digit of hexDigits) {
    const found = child(prefix + digit);
    if (!found) continue;
    children[digit] = found.sha;
    count += found.count;
    bytes += found.bytes;
  }
  const { sha256, body } = branchNode(children, salt);
  return { node: { prefix, sha: sha256, count, bytes, isLeaf: false }, body };
}
