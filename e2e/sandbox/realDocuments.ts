import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxDocument } from "./SandboxDocument.ts";

interface Recorded {
  readonly url: string;
  readonly retrieved: string;
  readonly http_status?: number;
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const brokenPage =
  "<!doctype html><html><head><title>Page not found</title></head><body>This is not JSON.</body></html>\n";

/** Age would speak of a cache that is not there; Expires of a day long past is kept, it was part of the answer. */
const notServed = new Set(["age"]);

function readRecorded(): Recorded[] {
  const text = readFileSync(join(import.meta.dirname, "real-clients.jsonl"), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Recorded);
}

function toDocument(recorded: Recorded): SandboxDocument {
  const kept = Object.entries(recorded.headers ?? {}).filter(([name]) => !notServed.has(name));
  const noEtag: Record<string, string> = recorded.headers ? { etag: "" } : {};
  const headers = { ...noEtag, ...Object.fromEntries(kept) };
  const { url, http_status: status = 200, body } = recorded;
  if (status !== 200) return { url, status, headers, raw: "" };
  return body === undefined ? { url, headers, raw: brokenPage } : { url, headers, body };
}

/** Every recorded document and key set under its own URL, with its recorded status and headers. */
export function realDocuments(): SandboxDocument[] {
  return readRecorded().map(toDocument);
}

/** Every recorded version of one URL, oldest first: real drift, to be replayed with `publish`. */
export function recordedVersions(url: string): SandboxDocument[] {
  return readRecorded()
    .filter((recorded) => recorded.url === url)
    .map(toDocument);
}
