import { setTimeout as delay } from "node:timers/promises";
import { Client } from "undici";
import { classifyAddress } from "#lib/core/address/classifyAddress.ts";
import { judgeAddress } from "#lib/core/address/judgeAnswers.ts";
import { judgeUrl } from "#lib/core/address/judgeUrl.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { connectRules } from "./connectRules.ts";
import { createResolver } from "./createResolver.ts";
import { Exchange } from "./Exchange.ts";
import type { ExchangeTools } from "./Exchange.ts";
import { stopped } from "./failureOf.ts";
import { FetchFailure } from "./FetchFailure.ts";
import { guardedConnect } from "./guardedConnect.ts";
import { defaultLimits } from "./NetOptions.ts";
import type { FetchRequest, Net, NetOptions } from "./NetOptions.ts";
import { OriginLine } from "./OriginLine.ts";

/** The guarded fetch. Throws when an option cannot be read (a malformed CIDR, address or certificate). */
export function createNet(options: NetOptions): Net {
  const limits = { ...defaultLimits, ...options.limits };
  const resolver = options.resolver ?? createResolver(limits.lookups, options.dnsServers);
  // Names that are only looked up wait for one another and never for a fetch, nor a fetch for them.
  const namesResolver = options.resolver ?? createResolver(limits.nameLookups, options.dnsServers);
  const lines = new Map<string, OriginLine>();
  let isClosed = false;

  const rules = connectRules(options, resolver, limits.connectTimeout);
  // Always a client of our own: environment proxies capture calls without one.
  const clientOptions: Client.Options = {
    connect: guardedConnect(rules, (origin) => lines.get(origin)),
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: limits.headerBytes,
    // One deadline covers everything; undici's are idle timers.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: limits.keepAlive,
    keepAliveMaxTimeout: limits.keepAlive,
    keepAliveTimeoutThreshold: 1_000,
  };
  const tools: ExchangeTools = {
    limits,
    clock: options.clock,
    now: options.now,
    baseHeaders: [
      "user-agent",
      options.userAgent,
      "accept",
      "application/json",
      "accept-encoding",
      "identity",
    ],
  };

  function lineOf(origin: string): OriginLine {
    let line = lines.get(origin);
    if (line === undefined) {
      line = new OriginLine(origin, new Client(origin, clientOptions), forget);
      lines.set(origin, line);
    }
    return line;
  }

  function forget(idle: OriginLine): void {
    if (lines.get(idle.origin) === idle) lines.delete(idle.origin);
    // One that is gone already says so by rejecting.
    idle.client.close().catch(() => undefined);
  }

  return {
    fetch(request) {
      const url = judgeUrl(request.url, options.allowedPorts);
      if (url.verdict === "block")
        return Promise.resolve(notSent(request, new FetchFailure("refused_url", url.reason)));
      if (isClosed) return Promise.resolve(notSent(request, stopped()));
      return new Promise((resolve, reject) => {
        const line = lineOf(url.origin);
        line.join(new Exchange(request, url, line, tools, resolve, reject));
      });
    },
    async resolve(host) {
      if (isClosed) return undefined;
      const waiting = new AbortController();
      const asked = namesResolver.resolve(host).then(
        ({ A = [], AAAA = [] }) => {
          const addresses = [...A, ...AAAA];
          const opened = addresses.filter(
            (ip) => classifyAddress(ip).verdict === "block" && judgeAddress(ip, rules).verdict === "allow",
          );
          return { addresses, opened };
        },
        () => undefined,
      );
      const tooLong = delay(limits.nameDeadline, undefined, { signal: waiting.signal }).catch(
        () => undefined,
      );
      return Promise.race([asked, tooLong]).finally(() => waiting.abort());
    },
    async close() {
      isClosed = true;
      resolver.cancel?.();
      namesResolver.cancel?.();
      const open = [...lines.values()];
      for (const line of open) {
        for (const exchange of line.waiting.splice(0)) exchange.fail(stopped());
        line.current?.fail(stopped());
      }
      await Promise.all(open.map(({ client }) => client.destroy()));
    },
  };
}

function notSent(request: FetchRequest, failure: FetchFailure): Fetched {
  const { url, kind } = request;
  return {
    url,
    kind,
    outcome: failure.outcome,
    sentence: failure.message,
    headers: {},
    bytes: 0,
    milliseconds: 0,
  };
}
