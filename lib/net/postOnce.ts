import { Client } from "undici";
import type { Dispatcher } from "undici";
import type { Instant } from "#lib/core/Instant.ts";
import { failureOf } from "./failureOf.ts";
import { FetchFailure, notStatus } from "./FetchFailure.ts";
import { openDestination } from "./openDestination.ts";
import type { DestinationRules } from "./openDestination.ts";
import type { Asked, Posted, Posting } from "./Outbound.ts";
import { readRetryAfter } from "./readRetryAfter.ts";
import { startTls } from "./startTls.ts";

export interface PostTools {
  readonly rules: DestinationRules;
  readonly userAgent: string;
  /** Milliseconds from the first DNS query to the last byte that is read. */
  readonly deadline: number;
  /** Ports that need no listing. */
  readonly openPorts: readonly number[];
  now(): Instant;
}

const bodyCap = 16 * 1024;
/** TLS, interim responses, headers and framing included. */
const wireCap = 64 * 1024;

/** One post on a connection of its own. Every way it can end is a `Posted`; it rejects for a bug of ours only. */
export async function postOnce(posting: Posting, tools: PostTools): Promise<Asked> {
  const url = URL.parse(posting.url);
  if (!url || url.username || url.password || !/^https?:$/.test(url.protocol))
    return { outcome: "refused", sentence: "This is not an address that can be posted to." };
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  if (url.protocol === "http:" && !tools.rules.isListed(host, port))
    return {
      outcome: "refused",
      sentence: "Only https is posted to, unless the operator lists the host in ROLLCALL_NOTIFY_HOSTS.",
    };
  const deadline = new AbortController();
  const timer = setTimeout(
    () =>
      deadline.abort(new FetchFailure("timeout", `There was no answer within ${tools.deadline / 1_000} s.`)),
    tools.deadline,
  );
  const client = new Client(url.origin, {
    connect: (_, callback) => {
      open(url.protocol, { host, port, openPorts: tools.openPorts }, tools.rules, deadline.signal).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 16 * 1024,
    // One deadline covers everything.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const answer = await client.request({
      method: "POST",
      path: url.pathname + url.search,
      headers: { "user-agent": tools.userAgent, "accept-encoding": "identity", ...posting.headers },
      body: posting.body,
      signal: deadline.signal,
      onInfo: ({ statusCode }) => {
        // undici takes it for an interim response and stumbles over its end.
        if (statusCode < 100) deadline.abort(new FetchFailure("protocol_error", notStatus(statusCode)));
      },
    });
    const body = await readBody(answer.body);
    const { statusCode: status } = answer;
    const after = answer.headers["retry-after"];
    return {
      outcome: "answered",
      sentence: sentenceOf(status),
      status,
      retryAfter: readRetryAfter(typeof after === "string" ? after : undefined, tools.now()),
      ...(body === undefined ? {} : { body }),
    };
  } catch (error) {
    const failure = failureOf(error as Error, false);
    if (!failure) throw error;
    return postedOf(failure);
  } finally {
    clearTimeout(timer);
    await client.destroy();
  }
}

/** A failure of the guard or of the wire in the words of whoever sends. */
export function postedOf(failure: FetchFailure): Posted {
  const isRefused = failure.outcome === "refused_url" || failure.outcome === "refused_address";
  return {
    outcome: isRefused ? "refused" : "failed",
    sentence: isRefused
      ? `Nothing was sent: ${failure.message} An operator can list the host in ROLLCALL_NOTIFY_HOSTS.`
      : failure.message,
  };
}

async function open(
  protocol: string,
  target: Parameters<typeof openDestination>[0],
  rules: DestinationRules,
  signal: AbortSignal,
) {
  const { raw, address } = await openDestination(target, rules, signal);
  const socket =
    protocol === "https:" ? await startTls(raw, target.host, address, rules.secureContext, signal) : raw;
  const watch = () => {
    if (raw.bytesRead > wireCap)
      socket.destroy(new FetchFailure("too_large", "The server sends far more than an answer needs."));
  };
  socket.on("readable", watch);
  return socket;
}

/** The status is what counts: a body that breaks off, is too large or never ends changes nothing, and is none. */
async function readBody(body: Dispatcher.ResponseData["body"]): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      if (bytes > bodyCap) return undefined;
    }
  } catch (error) {
    if (!failureOf(error as Error, true)) throw error;
    return undefined;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function sentenceOf(status: number): string {
  if (status < 300) return `It was taken (${status}).`;
  if (status < 400)
    return `The answer was a redirect (${status}), which is never followed. Enter the final address.`;
  if (status === 410) return "The receiver says that this address is gone for good (410).";
  if (status === 429) return "The receiver asks for fewer messages (429).";
  return `The receiver answered with status ${status}.`;
}
