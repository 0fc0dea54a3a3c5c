import { createSocket } from "node:dgram";
import { isIP } from "node:net";
import { connectRules } from "./connectRules.ts";
import { createResolver } from "./createResolver.ts";
import { failureOf } from "./failureOf.ts";
import { FetchFailure } from "./FetchFailure.ts";
import type { NetOptions } from "./NetOptions.ts";
import { defaultLimits } from "./NetOptions.ts";
import { checkedAddresses, openDestination } from "./openDestination.ts";
import type { DestinationRules } from "./openDestination.ts";
import type { Outbound, Posted } from "./Outbound.ts";
import { postedOf, postOnce, type PostTools } from "./postOnce.ts";
import { startTls } from "./startTls.ts";

export interface OutboundOptions extends Omit<NetOptions, "clock" | "limits"> {
  /** Hosts opened although they are not public, and for any port: `host` or `host:port`. */
  readonly notifyHosts: readonly string[];
  /** Milliseconds. */
  readonly deadline?: number;
}

/** The guard for what is sent. Throws when an option cannot be read. */
export function createOutbound(options: OutboundOptions): Outbound {
  const { deadline = defaultLimits.deadline } = options;
  const listed = new Set(options.notifyHosts.map((entry) => entry.toLowerCase()));
  const resolver = options.resolver ?? createResolver(10, options.dnsServers);
  const rules: DestinationRules = {
    ...connectRules(options, resolver, defaultLimits.connectTimeout),
    isListed(host, port) {
      const name = host.toLowerCase();
      return listed.has(name) || listed.has(isIP(name) === 6 ? `[${name}]:${port}` : `${name}:${port}`);
    },
  };

  const tools: PostTools = {
    rules,
    userAgent: options.userAgent,
    deadline,
    openPorts: [443, ...(options.allowedPorts ?? [])],
    now: options.now,
  };

  return {
    secureContext: rules.secureContext,
    async post(posting) {
      const { body: _, ...posted } = await postOnce(posting, tools);
      return posted;
    },
    ask: (posting) => postOnce(posting, tools),
    openSocket: (target) =>
      within(deadline, async (signal) => {
        const { raw, address } = await openDestination(target, rules, signal);
        if (!target.tls) return { socket: raw };
        return { socket: await startTls(raw, target.host, address, rules.secureContext, signal, []) };
      }),
    sendDatagram: (target, bytes) =>
      within(deadline, async (signal) => {
        const [address = ""] = await checkedAddresses(target, rules, signal);
        return sendTo(address, target.port, bytes);
      }),
  };
}

/** The work's value, or how it failed; it rejects for a bug of ours only. */
async function within<T>(deadline: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | Posted> {
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new FetchFailure("timeout", `There was no connection within ${deadline / 1_000} s.`)),
    deadline,
  );
  try {
    return await work(abort.signal);
  } catch (error) {
    const failure = failureOf(error as Error, false);
    if (!failure) throw error;
    return postedOf(failure);
  } finally {
    clearTimeout(timer);
  }
}

function sendTo(address: string, port: number, bytes: Uint8Array): Promise<Posted> {
  const socket = createSocket(isIP(address) === 6 ? "udp6" : "udp4");
  return new Promise((resolve) => {
    const end = (error: Error | null) => {
      socket.close();
      resolve(
        error
          ? { outcome: "failed", sentence: `The datagram could not be sent (${error.message}).` }
          : { outcome: "answered", sentence: `A datagram of ${bytes.length} bytes was sent to ${address}.` },
      );
    };
    socket.once("error", end);
    socket.send(bytes, port, address, end);
  });
}
