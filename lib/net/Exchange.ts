import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { AllowedUrl } from "#lib/core/address/judgeUrl.ts";
import type { Fetched, TlsFacts } from "#lib/core/fetch/Fetched.ts";
import { checkHead, tooLarge } from "./checkHead.ts";
import { failureOf, isHangUp } from "./failureOf.ts";
import { FetchFailure, notStatus } from "./FetchFailure.ts";
import type { FetchRequest, Limits, NetOptions } from "./NetOptions.ts";
import { outcomeOf } from "./outcomeOf.ts";
import type { Ending } from "./outcomeOf.ts";
import type { OriginLine, Turn } from "./OriginLine.ts";
import { readRetryAfter } from "./readRetryAfter.ts";

/** What all exchanges of one fetcher share. */
export interface ExchangeTools {
  readonly limits: Limits;
  readonly clock: NetOptions["clock"];
  readonly now: NetOptions["now"];
  /** Alternating names and values. */
  readonly baseHeaders: readonly string[];
}

const noHeaders: Readonly<Record<string, string>> = Object.freeze({});
const sendable = /^[\x20-\x7e]{1,512}$/;

/** One request and its answer, from its turn in the line to its end. */
export class Exchange implements Dispatcher.DispatchHandler, Turn {
  readonly request: FetchRequest;
  readonly url: AllowedUrl;
  readonly line: OriginLine;
  readonly tools: ExchangeTools;
  readonly settle: (fetched: Fetched) => void;
  readonly reject: (bug: Error) => void;
  readonly cap: number;
  startedAt: number | undefined = undefined;
  timer: NodeJS.Timeout | undefined = undefined;
  controller: Dispatcher.DispatchController | undefined = undefined;
  address: string | undefined = undefined;
  tls: TlsFacts | undefined = undefined;
  status: number | undefined = undefined;
  headers: Readonly<Record<string, string>> = noHeaders;
  chunks: Uint8Array[] = [];
  bytes = 0;
  interims = 0;
  ending: Ending | undefined = undefined;
  isConditional = false;
  isReused = false;
  isRetry = false;
  heard = false;
  isSettled = false;

  constructor(
    request: FetchRequest,
    url: AllowedUrl,
    line: OriginLine,
    tools: ExchangeTools,
    settle: (fetched: Fetched) => void,
    reject: (bug: Error) => void,
  ) {
    this.request = request;
    this.url = url;
    this.line = line;
    this.tools = tools;
    this.settle = settle;
    this.reject = reject;
    const { documentBytes, jwksBytes, metadataBytes } = tools.limits;
    this.cap =
      request.kind === "document" ? documentBytes : request.kind === "jwks" ? jwksBytes : metadataBytes;
  }

  start(): void {
    this.startedAt = this.tools.clock();
    this.timer = setTimeout(onDeadline, this.tools.limits.deadline, this);
    this.send();
  }

  send(): void {
    const headers = this.requestHeaders();
    this.line.client.dispatch({ path: this.url.path, method: "GET", headers }, this);
  }

  requestHeaders(): string[] {
    const { etag, lastModified } = this.request.validators ?? {};
    const headers = this.tools.baseHeaders.slice();
    if (etag !== undefined && sendable.test(etag)) headers.push("if-none-match", etag);
    if (lastModified !== undefined && sendable.test(lastModified))
      headers.push("if-modified-since", lastModified);
    this.isConditional = headers.length > this.tools.baseHeaders.length;
    return headers;
  }

  /** Ends the exchange now, wherever it stands: waiting for DNS, connecting or reading. */
  fail(failure: FetchFailure): void {
    this.address ??= failure.address;
    this.end(failure.outcome, failure.message);
    if (this.controller !== undefined) this.controller.abort(failure);
    else this.line.connecting?.abort(failure);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    const { connection } = this.line;
    if (this.isSettled || connection === undefined) {
      controller.abort(new FetchFailure("timeout", "The request came too late."));
      return;
    }
    this.isReused = connection.requests > 0;
    connection.requests += 1;
    // The first answer on a connection pays for its TLS handshake too.
    const base = this.isReused ? connection.raw.bytesRead : 0;
    connection.readLimit = base + Math.max(this.tools.limits.wireBytes, 2 * this.cap);
    this.address = connection.address;
    this.tls = connection.tls;
  }

  onResponseStarted(): void {
    this.heard = true;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    const { limits } = this.tools;
    if (status < 100) {
      // undici takes it for an interim response and stumbles over its end.
      this.fail(new FetchFailure("protocol_error", notStatus(status)));
      return;
    }
    if (status < 200) {
      this.interims += 1;
      if (this.interims > limits.interimResponses) {
        this.fail(new FetchFailure("protocol_error", "The server sends interim responses without end."));
      }
      return;
    }
    this.status = status;
    if ((controller.rawHeaders as readonly unknown[]).length > 2 * limits.headerCount) {
      this.fail(new FetchFailure("too_large", `The answer has more than ${limits.headerCount} headers.`));
      return;
    }
    this.headers = flatten(headers);
    this.ending = outcomeOf(status, this.headers, this.isConditional);
    const { outcome, sentence } = this.ending;
    if (outcome === "not_modified") return;
    const failure =
      outcome === "ok"
        ? checkHead(this.headers, this.cap)
        : new FetchFailure(outcome, sentence, this.address);
    if (failure !== undefined) this.fail(failure);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.bytes > this.cap) this.fail(tooLarge(this.cap));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.ending !== undefined) this.end(this.ending.outcome, this.ending.sentence);
    this.line.leave();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.isSettled && this.isReused && !this.isRetry && !this.heard && isHangUp(error)) {
      // The server closed an idle connection just as it was used again: no news about the document.
      this.isRetry = true;
      this.controller = undefined;
      queueMicrotask(() => this.send());
      return;
    }
    this.broke(error);
  }

  broke(error: Error): void {
    if (!this.isSettled) {
      const failure = failureOf(error, this.heard);
      if (failure === undefined) {
        clearTimeout(this.timer);
        this.isSettled = true;
        this.reject(error);
      } else {
        this.address ??= failure.address;
        this.end(failure.outcome, failure.message);
      }
    }
    this.line.leave();
  }

  end(outcome: Ending["outcome"], sentence: string): void {
    if (this.isSettled) return;
    this.isSettled = true;
    clearTimeout(this.timer);
    const { headers } = this;
    this.settle({
      url: this.request.url,
      kind: this.request.kind,
      outcome,
      sentence,
      status: this.status,
      headers,
      body: outcome === "ok" ? joined(this.chunks, this.bytes) : undefined,
      bytes: this.bytes,
      address: this.address,
      tls: this.tls,
      location: outcome === "redirect" ? headers["location"] : undefined,
      retryAfter:
        headers["retry-after"] === undefined
          ? undefined
          : readRetryAfter(headers["retry-after"], this.tools.now()),
      milliseconds: this.startedAt === undefined ? 0 : this.tools.clock() - this.startedAt,
    });
    this.chunks = [];
  }
}

function onDeadline(exchange: Exchange): void {
  const seconds = exchange.tools.limits.deadline / 1_000;
  const stage =
    exchange.controller === undefined ? "no connection" : exchange.heard ? "no whole answer" : "no answer";
  exchange.fail(
    new FetchFailure("timeout", `There was ${stage} within ${seconds} s. It is tried again later.`),
  );
}

function flatten(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  if (isFlat(headers)) return headers;
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (name !== "__proto__" && value !== undefined)
      flat[name] = typeof value === "string" ? value : value.join(", ");
  }
  return flat;
}

/** Nearly always: no header came twice. */
function isFlat(headers: IncomingHttpHeaders): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== "string" || name === "__proto__") return false;
  return true;
}

/** A copy of its own size: the chunks are windows on larger read buffers. */
function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
