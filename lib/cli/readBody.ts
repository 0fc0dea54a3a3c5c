import { readFile } from "node:fs/promises";
import { givenPath } from "./givenPath.ts";

/** A file as it is; "-" is standard input. */
export async function readBody(file: string): Promise<Uint8Array> {
  if (file !== "-") return readFile(givenPath(file));
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Whether a file could not be read: the mistake of whoever named it. */
export function isFileFault(fault: unknown): fault is Error {
  return fault instanceof Error && "syscall" in fault && "code" in fault;
}
