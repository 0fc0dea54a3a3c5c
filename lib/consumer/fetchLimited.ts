import type { FetchFailure } from "./FetchFailed.ts";
import { FetchFailed } from "./FetchFailed.ts";

export interface LimitedRequest {
  readonly fetch: typeof fetch;
  /** Bytes of the decoded body, enforced while reading. */
  readonly maxBytes: number;
  /** Milliseconds until the whole body is read. */
  readonly timeout: number;
  readonly headers?: Record<string, string>;
  readonly method?: "GET" | "PUT" | "POST";
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface LimitedAnswer {
  readonly status: 200 | 304;
  readonly headers: Headers;
  /** Empty for 304. */
  readonly body: Uint8Array;
}

const failures: Record<number, FetchFailure> = {
  401: "unauthorized",
  403: "unauthorized",
  404: "not_found",
  410: "gone",
  429: "rate_limited",
  503: "not_published",
};

/**
 * One request with a size limit and a timeout. Redirects are not followed. Answers 200 and 304 only;
 * everything else throws FetchFailed, so that an error can never be read as a list.
 */
export async function fetchLimited(url: string, request: LimitedRequest): Promise<LimitedAnswer> {
  return fetchStream(url, request, async (response, body) => ({
    status: response.status as 200 | 304,
    headers: response.headers,
    body: response.status === 304 ? new Uint8Array() : await readAll(body),
  }));
}

/** As `fetchLimited`, for a body that is used while it comes. What `read` throws counts as a failed fetch. */
export async function fetchStream<T>(
  url: string,
  request: LimitedRequest,
  read: (response: Response, body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(request.timeout);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  try {
    const response = await request.fetch(url, {
      method: request.method ?? "GET",
      headers: request.headers ?? {},
      body: request.body ?? null,
      redirect: "manual",
      cache: "no-store",
      signal,
    });
    refuseStatus(url, response);
    return await read(response, limited(url, response, request.maxBytes));
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    if (request.signal?.aborted) throw new FetchFailed("aborted", `The request for ${url} was called off.`);
    if (timeout.aborted)
      throw new FetchFailed("timeout", `${url} did not answer within ${request.timeout} ms.`);
    throw new FetchFailed("network", `${url} could not be fetched: ${causeOf(error)}`);
  }
}

function refuseStatus(url: string, response: Response): void {
  const { status } = response;
  if (
    response.redirected ||
    response.type === "opaqueredirect" ||
    (status >= 300 && status < 400 && status !== 304)
  ) {
    discard(response);
    throw new FetchFailed("redirect", `${url} answered with a redirect; redirects are not followed.`);
  }
  if (status === 200 || status === 304) return;
  discard(response);
  throw new FetchFailed(
    failures[status] ?? "http_status",
    `${url} answered ${status}.`,
    retryAfterOf(response),
  );
}

async function* limited(url: string, response: Response, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, so the rest is never read.
    if (size > maxBytes) throw new FetchFailed("too_large", `${url} sent more than ${maxBytes} bytes.`);
    yield chunk;
  }
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Retry-After in seconds, 1 second to 1 hour; a date is not worth a clock here. */
function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 3600) * 1000 : undefined;
}

function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
