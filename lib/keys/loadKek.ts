import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { sha256Base64Url } from "#lib/core/sha256.ts";
import type { Random } from "./Random.ts";

/** A key-encryption key: 32 bytes, never in the database or its backup. */
export interface Kek {
  /** Names the key without telling it; stands in the header of everything sealed. */
  readonly id: string;
  readonly key: Uint8Array;
}

export interface LoadedKek extends Kek {
  readonly from: "value" | "file";
  /** True when the file was made just now: the operator must be told to back it up. */
  readonly created: boolean;
  /** Sentences for the operator, e.g. that others can read the file. */
  readonly warnings: readonly string[];
}

/**
 * Loads the key-encryption key: from a configured value, else from a file, else makes that file (mode 0600).
 * The key is 32 bytes as hex, base64 or base64url. Throws an Error that says what to do when it is of another
 * length, when the file cannot be read or written, or when neither a value nor a file is configured.
 */
export async function loadKek(source: {
  readonly value?: string;
  readonly file?: string;
  readonly random: Random;
}): Promise<LoadedKek> {
  if (source.value !== undefined && source.value.trim() !== "")
    return {
      ...kekOf(decode(source.value, "The key-encryption key")),
      from: "value",
      created: false,
      warnings: [],
    };
  if (!source.file)
    throw new Error("No key-encryption key: set its value, or a file in which it is kept or can be made.");
  return (await readKek(source.file)) ?? (await createKek(source.file, source.random));
}

/** A Kek from its 32 bytes. */
export function kekOf(key: Uint8Array): Kek {
  const tagged = new Uint8Array([...new TextEncoder().encode("rollcall-kek\0"), ...key]);
  return { id: sha256Base64Url(tagged).slice(0, 16), key };
}

async function readKek(file: string): Promise<LoadedKek | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`The key-encryption key file ${file} cannot be read.`, { cause });
  }
  const { mode } = await stat(file);
  const exposed = process.platform !== "win32" && (mode & 0o077) !== 0;
  const warnings = exposed ? [`The key-encryption key file ${file} is open to others: chmod 600 it.`] : [];
  return {
    ...kekOf(decode(text, `The key-encryption key in ${file}`)),
    from: "file",
    created: false,
    warnings,
  };
}

async function createKek(file: string, random: Random): Promise<LoadedKek> {
  const key = random(32);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, `${file}.${kekOf(key).id}`, `${Buffer.from(key).toString("base64url")}\n`);
  } catch (cause) {
    const other = (cause as NodeJS.ErrnoException).code === "EEXIST" ? await readKek(file) : undefined;
    if (other) return other;
    throw new Error(`The key-encryption key file ${file} cannot be written.`, { cause });
  }
  const warning = `Made a new key-encryption key in ${file}. Back it up: without it every signing key is lost.`;
  return { ...kekOf(key), from: "file", created: true, warnings: [warning] };
}

/**
 * Of two processes that start together one makes the file, whole, and the other meets EEXIST. The draft has a
 * name of its own, because containers that share a volume share process ids too.
 */
async function writeWhole(file: string, draft: string, text: string): Promise<void> {
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

function decode(text: string, what: string): Uint8Array {
  const value = text.trim();
  const bytes = /^[0-9a-fA-F]{64}$/.test(value)
    ? Buffer.from(value, "hex")
    : /^[A-Za-z0-9+/_-]+={0,2}$/.test(value)
      ? Buffer.from(value, "base64")
      : undefined;
  if (!bytes) throw new Error(`${what} is neither hex nor base64.`);
  if (bytes.length !== 32)
    throw new Error(`${what} has ${bytes.length} bytes; it must have 32 (try: openssl rand -base64 32).`);
  return new Uint8Array(bytes);
}
