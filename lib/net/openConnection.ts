import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";
import { judgeAddress, judgeAnswers } from "#lib/core/address/judgeAnswers.ts";
import type { AddressRules, Answers } from "#lib/core/address/judgeAnswers.ts";
import { judgeUrl } from "#lib/core/address/judgeUrl.ts";
import type { TlsFacts } from "#lib/core/fetch/Fetched.ts";
import { FetchFailure } from "./FetchFailure.ts";
import type { Resolver } from "./NetOptions.ts";
import { tlsFacts } from "./tlsFacts.ts";
import { tlsSentence } from "./tlsSentence.ts";

export interface ConnectRules extends AddressRules {
  readonly resolver: Resolver;
  readonly secureContext: SecureContext;
  /** Connected to instead of 443. */
  readonly egressPort?: number;
  /** Milliseconds for one address. */
  readonly connectTimeout: number;
}

export interface Connection {
  readonly socket: TLSSocket;
  /** Underneath the TLS: counts the bytes of the wire. */
  readonly raw: Socket;
  readonly address: string;
  readonly tls: TlsFacts | undefined;
}

/**
 * Resolves once, checks every answer, connects to a checked address only, checks it again and verifies the certificate.
 * Node skips every lookup for an IP literal, so a literal is refused here and not in a lookup.
 * Rejects with a `FetchFailure`, also when `signal` aborts (its reason).
 */
export async function openConnection(
  host: string,
  port: number,
  rules: ConnectRules,
  signal: AbortSignal,
): Promise<Connection> {
  const byText = judgeUrl(`https://${host}/`);
  if (byText.verdict === "block") throw new FetchFailure("refused_url", byText.reason);
  const answers = await lookUp(host, rules.resolver, signal);
  const judged = judgeAnswers(answers, rules);
  if (judged.verdict === "block") throw new FetchFailure("refused_address", judged.reason);
  const addresses = [...(answers.A ?? []), ...(answers.AAAA ?? [])];
  const egress = port === 443 ? (rules.egressPort ?? port) : port;
  const raw = await connectToOneOf(addresses, egress, rules, signal);
  const address = raw.remoteAddress ?? "";
  const again = judgeAddress(address, rules);
  if (again.verdict === "block") {
    raw.destroy();
    throw new FetchFailure(
      "refused_address",
      `Connected elsewhere than to the address checked. ${again.reason}`,
    );
  }
  const socket = await startTls(raw, host, address, rules.secureContext, signal);
  return { socket, raw, address, tls: tlsFacts(socket) };
}

async function lookUp(host: string, resolver: Resolver, signal: AbortSignal): Promise<Answers> {
  const answers = await untilAborted((async () => resolver.resolve(host))(), signal).catch(
    (error: unknown) => {
      if (error instanceof FetchFailure) throw error;
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      throw new FetchFailure("dns_error", `DNS did not answer for ${host}${code}. It is tried again later.`);
    },
  );
  if (answers?.A?.length === 0 && answers.AAAA?.length === 0) {
    throw new FetchFailure(
      "dns_error",
      `The name ${host} has no address in DNS. Check that the domain still exists.`,
    );
  }
  return answers;
}

async function connectToOneOf(
  addresses: readonly string[],
  port: number,
  rules: ConnectRules,
  signal: AbortSignal,
): Promise<Socket> {
  let failure = new FetchFailure("connect_error", "The name has no address.");
  for (const address of addresses) {
    try {
      return await connectTo(address, port, rules.connectTimeout, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof FetchFailure)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function connectTo(address: string, port: number, timeout: number, signal: AbortSignal): Promise<Socket> {
  const socket = connectSocket({
    host: address,
    port,
    lookup: neverLookUp,
    autoSelectFamily: false,
    noDelay: true,
  });
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const sentence = `No connection to ${address} port ${port} (${error.code ?? error.message}). It is tried again later.`;
      reject(new FetchFailure("connect_error", sentence, address));
    });
    socket.setTimeout(timeout, () => {
      reject(
        new FetchFailure(
          "connect_error",
          `${address} port ${port} does not answer. It is tried again later.`,
          address,
        ),
      );
      socket.destroy();
    });
  });
  return untilAborted(connected, signal, socket).finally(() => {
    socket.setTimeout(0);
    socket.removeAllListeners("timeout");
  });
}

/** The host given to the socket is always an address; were it ever a name, this refuses it. */
function neverLookUp(
  host: string,
  _options: unknown,
  callback: (error: Error, address: string) => void,
): void {
  callback(new FetchFailure("refused_address", `${host} was not resolved by the guard.`), "");
}

function startTls(
  raw: Socket,
  host: string,
  address: string,
  secureContext: SecureContext,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const socket = connectTls({
    socket: raw,
    servername: host,
    secureContext,
    // Said explicitly: NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default only.
    rejectUnauthorized: true,
    checkServerIdentity,
    ALPNProtocols: ["http/1.1"],
  });
  socket.once("close", () => raw.destroy());
  const secured = new Promise<TLSSocket>((resolve, reject) => {
    socket.once("secureConnect", () => {
      socket.disableRenegotiation();
      if (socket.authorized) resolve(socket);
      else reject(new FetchFailure("tls_error", "The certificate was not verified.", address));
    });
    socket.on("error", (error) => reject(new FetchFailure("tls_error", tlsSentence(error), address)));
    socket.once("close", () =>
      reject(new FetchFailure("tls_error", "The server hung up during the TLS handshake.", address)),
    );
  });
  return untilAborted(secured, signal, socket);
}

/** Settles with the promise, or rejects with the signal's reason; a failure destroys the socket. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, socket?: Socket): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } catch (error) {
    socket?.destroy();
    throw error;
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}
