/** A PostgreSQL for tests, and how to end it; undefined where the machine has none. */
export function start(
  say?: (line: string) => void,
): Promise<{ url: string; stop: () => Promise<void> } | undefined>;
