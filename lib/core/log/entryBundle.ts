/** Entries as C2SP tlog-tiles bundles them: each with its length before it, two bytes, big end first. */
export function formatEntryBundle(entries: readonly string[]): Uint8Array {
  const encoded = entries.map((entry) => new TextEncoder().encode(entry));
  const bundle = new Uint8Array(encoded.reduce((sum, bytes) => sum + 2 + bytes.length, 0));
  let at = 0;
  for (const bytes of encoded) {
    if (bytes.length > 65_535) throw new RangeError("An entry of the log has at most 65535 bytes.");
    bundle[at] = bytes.length >> 8;
    bundle[at + 1] = bytes.length & 255;
    bundle.set(bytes, at + 2);
    at += 2 + bytes.length;
  }
  return bundle;
}

/** The entries of a bundle; undefined when it is cut off. */
export function parseEntryBundle(bundle: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    if (high === undefined || low === undefined) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) return undefined;
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
}
