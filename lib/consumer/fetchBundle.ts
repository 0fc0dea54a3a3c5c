import { bundleLines, mostBundleBytes } from "./bundleLines.ts";
import { fetchStream } from "./fetchLimited.ts";
import { keepReachable } from "./keepReachable.ts";
import { parseClaims } from "./parseClaims.ts";
import type { Store } from "./Remembered.ts";

const timeout = 5 * 60 * 1000;

/**
 * Fills the store from a list's bundle in one request. Untrusted: an object is kept by its hash, when `wanted` or what
 * the bundle's own head names leads to it. That head may be another one, older or newer, and is not used for more.
 */
export async function fetchBundle(
  url: string,
  wanted: readonly string[],
  how: { readonly fetch: typeof fetch; readonly token: string | undefined; readonly store: Store },
): Promise<void> {
  const headers = {
    accept: "application/cimd-allowlist-bundle",
    ...(how.token ? { authorization: `Bearer ${how.token}` } : {}),
  };
  const request = { fetch: how.fetch, maxBytes: mostBundleBytes, timeout, headers };
  await fetchStream(url, request, async (_, body) => {
    const lines = bundleLines(body);
    const first = await lines.next();
    const named = first.done ? [] : rootsNamedBy(first.value);
    await keepReachable(lines, [...wanted, ...named], how.store);
  });
}

/** Unverified: at worst objects are kept that no head leads to, until the store is pruned. */
function rootsNamedBy(head: Uint8Array): string[] {
  try {
    const payload = new TextDecoder().decode(head).split(".")[1] ?? "";
    const { root, ns } = parseClaims(Buffer.from(payload, "base64url"));
    return ns === undefined ? [root] : [root, ns];
  } catch {
    return [];
  }
}
