import { mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Remembered, RememberedKeys, Store } from "./Remembered.ts";

/**
 * A store in a directory of its own, for one process. The state is written to a temporary file, synced, renamed
 * and its directory synced, so a crash leaves the old state or the new one. Objects need no such care: they are
 * checked against their name whenever they are read.
 */
export function fileStore(directory: string): Store {
  const stateFile = join(directory, "state.json");
  const keysFile = join(directory, "keys.json");
  const objects = join(directory, "objects");
  const fileOf = (sha256: string) => join(objects, sha256.slice(0, 2), sha256);
  return {
    async load() {
      const text = await readIfThere(stateFile);
      if (text === null) return null;
      return parseState(stateFile, text.toString("utf8"), isRemembered);
    },
    save: (state) => saveDurably(stateFile, state),
    async loadKeys() {
      const text = await readIfThere(keysFile);
      if (text === null) return null;
      return parseState(keysFile, text.toString("utf8"), isRememberedKeys);
    },
    saveKeys: (state) => saveDurably(keysFile, state),
    readObject: (sha256) => readIfThere(fileOf(sha256)),
    async writeObject(sha256, body) {
      await mkdir(dirname(fileOf(sha256)), { recursive: true, mode });
      await replace(fileOf(sha256), body, false);
    },
    async keepObjects(sha256s) {
      for (const folder of await namesIn(objects))
        for (const name of await namesIn(join(objects, folder)))
          if (!sha256s.has(name) && !underWay.has(join(objects, folder, name)))
            await rm(join(objects, folder, name), { force: true });
    },
  };
}

async function saveDurably(file: string, state: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode });
  await replace(file, Buffer.from(`${JSON.stringify(state)}\n`), true);
}

/** Of directories: the names of a private list's objects are what gives them out. */
const mode = 0o700;

let drafts = 0;
const underWay = new Set<string>();

async function replace(file: string, body: Uint8Array, durable: boolean): Promise<void> {
  const draft = `${file}.${process.pid}.${drafts++}.tmp`;
  underWay.add(draft);
  try {
    await write(draft, body, durable);
    await rename(draft, file);
  } finally {
    underWay.delete(draft);
  }
  if (durable && process.platform !== "win32") await syncDirectory(dirname(file));
}

async function write(file: string, body: Uint8Array, durable: boolean): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.writeFile(body);
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** A damaged state is never read as "nothing remembered": that would open the door to a rollback. */
function parseState<State>(file: string, text: string, fits: (state: State) => boolean): State {
  try {
    const state = JSON.parse(text) as State;
    if (fits(state)) return state;
  } catch {
    // Told below, with what to do.
  }
  throw new Error(
    `${file} is damaged. Restore it, or remove it and enrol again with a fresh enrolment string (min_seq).`,
  );
}

function isRemembered(state: Remembered): boolean {
  return (
    Number.isSafeInteger(state.seq) && Number.isSafeInteger(state.epoch) && typeof state.head === "string"
  );
}

function isRememberedKeys(state: RememberedKeys): boolean {
  return (
    Number.isSafeInteger(state.version) && Number.isSafeInteger(state.epoch) && typeof state.jws === "string"
  );
}
