import type { IncomingMessage } from "node:http";

/**
 * The JSON of a request's body; undefined when it is none, or larger than `mostBytes`, enforced while reading. What is beyond
 * is passed over and not kept, so that the answer arrives.
 */
export async function readJsonBody(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  try {
    const text = await readText(request, mostBytes);
    // Only after the loop that reads: while that listens, nothing flows.
    if (text === undefined) request.resume();
    else return JSON.parse(text) as unknown;
  } catch {
    // No JSON, or whoever sent it has gone.
  }
  return undefined;
}

async function readText(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}
