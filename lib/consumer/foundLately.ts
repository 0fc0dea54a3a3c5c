import type { AllowlistEntry } from "./wire.ts";

/** Entries found lately in one tree. */
export interface FoundLately {
  get(root: string, clientId: string): AllowlistEntry | undefined;
  keep(root: string, clientId: string, entry: AllowlistEntry): void;
}

/** Clients kept; at a kilobyte or two each. */
const most = 20_000;

/**
 * Remembers which entry a client had under a root, so that a client that comes again costs no lookup. Another root
 * forgets everything: an entry is never told from a tree that is not the one decided by. What is kept is frozen, for
 * whoever asks is given the entry itself.
 */
export function foundLately(): FoundLately {
  let of = "";
  const entries = new Map<string, AllowlistEntry>();
  return {
    get: (root, clientId) => (root === of ? entries.get(clientId) : undefined),
    keep(root, clientId, entry) {
      if (root !== of) entries.clear();
      of = root;
      if (entries.size >= most) entries.delete(entries.keys().next().value ?? "");
      entries.set(clientId, freeze(entry));
    },
  };
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}
