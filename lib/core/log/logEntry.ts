/** What a leaf of the log says: that one record of this hash existed. Nothing of what the record says. */
export interface LogEntry {
  readonly k: "head" | "keys" | "audit";
  /** Of a head its id, of a key set its version, of a line of the journal its number. */
  readonly id: string;
  /** Lower-case hex: of the head's or key set's compact string, or of the journal line's bytes. */
  readonly sha256: string;
}

/** The exact text of a leaf. */
export function formatLogEntry({ k, id, sha256 }: LogEntry): string {
  return JSON.stringify({ k, id, sha256 });
}

/** Reads a leaf; undefined when its text is not exactly what we write. */
export function parseLogEntry(text: string): LogEntry | undefined {
  let entry: LogEntry;
  try {
    entry = JSON.parse(text) as LogEntry;
    if (formatLogEntry(entry) !== text) return undefined;
  } catch {
    return undefined;
  }
  const known = ["head", "keys", "audit"].includes(entry.k) && typeof entry.id === "string";
  return known && /^[0-9a-f]{64}$/.test(entry.sha256) ? entry : undefined;
}
