import { triePath } from "../../core/allowlist/trieNode.ts";
import type { BranchObject, LeafObject } from "../wire.ts";
import type { TestPublisher } from "./publisher.ts";

/** Names of the objects from the root to where a client stands, or would stand. */
export function walkNames(publisher: TestPublisher, clientId: string): string[] {
  const names: string[] = [];
  let name = publisher.current?.claims.root;
  for (let depth = 0; name !== undefined; depth++) {
    names.push(name);
    const body = publisher.objects.get(name);
    const object = JSON.parse(body ?? "{}") as Partial<BranchObject & LeafObject>;
    name = object.children?.[triePath(clientId).charAt(depth)];
  }
  return names;
}
