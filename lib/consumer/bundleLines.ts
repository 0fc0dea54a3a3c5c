import { FetchFailed } from "./FetchFailed.ts";

/** The bytes of a bundle, at once or as they come. */
export type BundleSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The whole of a bundle: about two million entries. */
export const mostBundleBytes = 1024 * 1024 * 1024;
const mostLineBytes = 1024 * 1024;
const newline = 10;

/** The lines of a bundle, empty ones left out; both limits are enforced while reading. Throws FetchFailed. */
export async function* bundleLines(
  source: BundleSource,
  mostBytes = mostBundleBytes,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new FetchFailed("too_large", `The bundle has more than ${mostBytes} bytes.`);
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const line = joined(begun, begunBytes, chunk.subarray(from, end));
      if (line.byteLength > 0) yield line;
      [begun, begunBytes, from] = [[], 0, end + 1];
    }
    begun.push(chunk.subarray(from));
    begunBytes += chunk.byteLength - from;
    if (begunBytes > mostLineBytes) tooLong();
  }
  const last = joined(begun, begunBytes, new Uint8Array());
  if (last.byteLength > 0) yield last;
}

function joined(begun: readonly Uint8Array[], begunBytes: number, rest: Uint8Array): Uint8Array {
  if (begunBytes + rest.byteLength > mostLineBytes) tooLong();
  return begunBytes === 0 ? rest : Buffer.concat([...begun, rest]);
}

function tooLong(): never {
  throw new FetchFailed("too_large", `A line of the bundle has more than ${mostLineBytes} bytes.`);
}
