import type { LogCheckpoint } from "./wire.ts";

/** What a consumer remembers of its list, durably, before it uses it: the guard against rollback. */
export interface Remembered {
  /** URL of the head: a store belongs to one list. */
  readonly sub: string;
  readonly epoch: number;
  readonly seq: number;
  readonly rev: number;
  readonly root: string;
  /** Lower-case hex SHA-256 of the compact string. */
  readonly digest: string;
  /** The compact string itself. */
  readonly head: string;
  /** Seconds. */
  readonly activatedAt: number;
  /** The tree decisions are read from: older than `root` while a mirror is loading. */
  readonly tree: Tree | null;
  /** Epoch of the first head of this store: the enrolment's `min_seq` counts in it. */
  readonly firstEpoch?: number;
  /** The newest checkpoint a head of this epoch named. */
  readonly log?: LogCheckpoint;
}

/** The newest root-signed key set a consumer verified (level 2): the guard against its rollback. */
export interface RememberedKeys {
  /** `{iss}/v1/keys`: a store belongs to one publisher. */
  readonly sub: string;
  /** Thumbprint the chain began with. */
  readonly root: string;
  readonly version: number;
  readonly epoch: number;
  /** The compact string itself. */
  readonly jws: string;
  /** Lower-case hex SHA-256 of `jws`. */
  readonly digest: string;
}

/** A complete tree, and the head it was published under. Times in seconds. */
export interface Tree {
  readonly root: string;
  readonly seq: number;
  readonly iat: number;
  readonly exp: number;
  /** The object with its namespaces, when it has any. */
  readonly ns?: string;
}

/** Where a consumer remembers. `save` returns only when the state would survive a crash. */
export interface Store {
  /** Null: nothing was ever saved. Throws when something is there that cannot be read. */
  load(): Promise<Remembered | null>;
  save(state: Remembered): Promise<void>;
  /** As `load` and `save`, for key sets. A store without these two serves level 1 only. */
  loadKeys?(): Promise<RememberedKeys | null>;
  saveKeys?(state: RememberedKeys): Promise<void>;
  readObject(sha256: string): Promise<Uint8Array | null>;
  writeObject(sha256: string, body: Uint8Array): Promise<void>;
  /** Forgets every object that is not named. */
  keepObjects(sha256s: ReadonlySet<string>): Promise<void>;
}
