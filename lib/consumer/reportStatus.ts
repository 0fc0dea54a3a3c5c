import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import type { LatestHead, StatusReport } from "./wire.ts";

const timeout = 10_000;
const maxBytes = 16 * 1024;

/** Sends a status report; gives what the publisher says is newest. Throws FetchFailed. */
export async function reportStatus(
  url: string,
  report: StatusReport,
  how: { readonly fetch: typeof fetch; readonly token: string | undefined },
): Promise<LatestHead> {
  const { body } = await fetchLimited(url, {
    fetch: how.fetch,
    method: "PUT",
    maxBytes,
    timeout,
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(how.token ? { authorization: `Bearer ${how.token}` } : {}),
    },
    body: JSON.stringify(report),
  });
  try {
    const { latest } = JSON.parse(new TextDecoder().decode(body)) as { latest: LatestHead };
    if (Number.isSafeInteger(latest.epoch) && Number.isSafeInteger(latest.seq)) return latest;
  } catch {
    // Told below.
  }
  throw new FetchFailed("malformed", `${url} did not say which head is the latest.`);
}

/**
 * Where this consumer stands: `behind` may be a frozen path, `divergent` is two heads for one number, `ahead` a
 * publisher that lost heads. The answer is not signed: it raises an alarm and never changes a decision.
 */
export function compareWithLatest(
  latest: LatestHead,
  mine: LatestHead,
): "current" | "behind" | "ahead" | "divergent" {
  const order = latest.epoch - mine.epoch || latest.seq - mine.seq;
  if (order !== 0) return order > 0 ? "behind" : "ahead";
  return latest.digest === mine.digest ? "current" : "divergent";
}

/** `{url}/v1/consumers/{id}/status`; a URL that already ends in `/status` is taken as it is. */
export function statusUrl(url: string, consumerId: string): string {
  if (url.endsWith("/status")) return url;
  return `${url.replace(/\/$/, "")}/v1/consumers/${encodeURIComponent(consumerId)}/status`;
}
