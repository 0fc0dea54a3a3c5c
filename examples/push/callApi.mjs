const attempts = 6;
const longestWait = 120_000;
const json = { accept: "application/json", "content-type": "application/json" };

/**
 * Calls a JSON API: waits when it says that it is asked too often (429), for as long as it says, and throws on any other
 * answer that is not a success.
 *
 * @returns {(method: string, path: string, body?: object) => Promise<{status: number, body: any, headers: Headers}>}
 */
export function callApi({ base, headers, sleep, now }) {
  return async (method, path, body) => {
    for (let attempt = 1; ; attempt++) {
      const init = { method, headers: { ...json, ...headers }, redirect: "error" };
      if (body !== undefined) init.body = JSON.stringify(body);
      const answer = await fetch(new URL(path, base), { ...init, signal: AbortSignal.timeout(30_000) });
      if (answer.status === 429 && attempt < attempts) {
        await answer.body?.cancel();
        await sleep(Math.min(waitOf(answer.headers, now()), longestWait));
        continue;
      }
      const text = await answer.text();
      if (!answer.ok) throw new ApiError(method, path, answer.status, text);
      return {
        status: answer.status,
        body: text === "" ? undefined : JSON.parse(text),
        headers: answer.headers,
      };
    }
  };
}

export class ApiError extends Error {
  constructor(method, path, status, text) {
    super(`${method} ${path.split("?")[0]} was answered ${status}: ${text.slice(0, 300)}`);
    this.status = status;
  }
}

/** Milliseconds: Retry-After in seconds, or the moment the count starts anew in seconds since the epoch. */
function waitOf(headers, now) {
  const after = Number(headers.get("retry-after") ?? NaN);
  if (after >= 0) return after * 1000;
  const reset = Number(headers.get("x-ratelimit-reset") ?? headers.get("x-rate-limit-reset") ?? NaN);
  return reset > 0 ? Math.max(reset * 1000 - now, 1000) : 5000;
}
