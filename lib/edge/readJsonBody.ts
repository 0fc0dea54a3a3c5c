import type { IncomingMessage } from "node:http";

/** The JSON of a request's body; undefined when it is none, or larger than `mostBytes`, enforced while reading. */
export async function readJsonBody(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) return undefined;
    parts.push(part as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
