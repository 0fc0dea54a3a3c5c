import type { AllowlistEntry } from "./wire.ts";

/** Entries found lately in one tree. */
export interface FoundLately {
  get(root: string, clientId: string): AllowlistEntry | undefined;
  /** The same entry, frozen, its members shared with others. */
  frozen(entry: AllowlistEntry): AllowlistEntry;
  /** Takes a frozen entry that `decide` understood: `get` gives no other. */
  keep(root: string, clientId: string, entry: AllowlistEntry): void;
}

/** Clients kept; at half a kilobyte or one each. */
const most = 20_000;
/** Values of members that are kept once for all entries that have them. */
const mostShared = 5_000;
/** Characters of one of them, as JSON. */
const longestShared = 500;

/**
 * Remembers which entry a client had under a root, so that a client that comes again costs no lookup. Another root
 * forgets everything: an entry is never told from a tree that is not the one decided by. What is kept is frozen, for
 * whoever asks is given the entry itself, and members that are the same in many entries, such as grants, are one object:
 * a decision then waits less for memory.
 */
export function foundLately(): FoundLately {
  let of = "";
  const entries = new Map<string, AllowlistEntry>();
  const shared = new Map<string, unknown>();

  /** The same value, frozen and once for all that are equal. A copy of its own lies together in memory. */
  function share(value: unknown, isCopy = false): unknown {
    if (typeof value !== "object" || value === null) return value;
    const text = JSON.stringify(value);
    const known = text.length <= longestShared ? shared.get(text) : undefined;
    if (known !== undefined) return known;
    const own = freeze(isCopy ? value : (JSON.parse(text) as unknown));
    if (text.length > longestShared) return own;
    if (shared.size >= mostShared) shared.clear();
    shared.set(text, own);
    return own;
  }

  /** Redirect URIs differ between clients as a whole, and are often the same one by one. */
  function shareMember(value: unknown): unknown {
    return Array.isArray(value)
      ? share(
          value.map((each) => share(each)),
          true,
        )
      : share(value);
  }

  return {
    get: (root, clientId) => (root === of ? entries.get(clientId) : undefined),
    frozen: (entry) =>
      Object.freeze(
        Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, shareMember(value)])),
      ) as unknown as AllowlistEntry,
    keep(root, clientId, entry) {
      if (root !== of) entries.clear();
      of = root;
      if (entries.size >= most) entries.delete(entries.keys().next().value ?? "");
      entries.set(clientId, entry);
    },
  };
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}
