import { Agent, buildConnector, fetch as undiciFetch } from "undici";

export interface SandboxFetch {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/**
 * A `fetch` that lives in the sandbox's internet: every https name is the sandbox, its authority is trusted, port 443 is
 * the sandbox's. For a lab's authorization server, whose stock fetch rightly refuses loopback.
 */
export function sandboxFetch(sandbox: { readonly httpsPort: number; readonly caPem: string }): SandboxFetch {
  const connect = buildConnector({ ca: sandbox.caPem, maxCachedSessions: 0 });
  const agent = new Agent({
    connect: (options, done) =>
      connect(
        {
          ...options,
          hostname: "127.0.0.1",
          port: String(sandbox.httpsPort),
          servername: options.servername || options.hostname,
        },
        done,
      ),
  });
  return {
    fetch: (async (url: string | URL, init: RequestInit & { dispatcher?: unknown } = {}) => {
      const { dispatcher: _ours, headers, ...rest } = init;
      const plain = Object.fromEntries(new Headers(headers));
      return undiciFetch(url, { ...rest, headers: plain, dispatcher: agent } as Parameters<
        typeof undiciFetch
      >[1]);
    }) as unknown as typeof globalThis.fetch,
    close: () => agent.destroy(),
  };
}
