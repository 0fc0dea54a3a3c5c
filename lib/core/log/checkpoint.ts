import { base64Of, bytesOfBase64 } from "./base64.ts";
import { hashBytes } from "./treeHash.ts";

/** How far a log has come (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log: its URL without scheme. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text of a checkpoint, which is then signed as a note. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64Of(root)}\n`;
}

/** Reads the text of a checkpoint; undefined when it is none. Extension lines are passed over. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (!text.endsWith("\n")) return undefined;
  const [origin = "", size = "", encoded = "", ...extensions] = text.slice(0, -1).split("\n");
  const root = bytesOfBase64(encoded);
  if (origin === "" || !/^(0|[1-9]\d{0,15})$/.test(size) || root?.length !== hashBytes) return undefined;
  if (!Number.isSafeInteger(Number(size)) || extensions.includes("")) return undefined;
  return { origin, size: Number(size), root };
}

/** The origin of the log that is served below a base URL, as C2SP recommends: the URL without its scheme. */
export function logOrigin(baseUrl: string): string {
  return `${baseUrl.replace(/^[a-z]+:\/\//, "")}/v1/log`;
}

/** The origin of a checkpoint that we signed and stored, from its note. */
export function checkpointOrigin(note: string): string {
  return note.slice(0, note.indexOf("\n"));
}
