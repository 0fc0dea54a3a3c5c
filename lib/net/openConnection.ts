import type { Socket } from "node:net";
import type { SecureContext, TLSSocket } from "node:tls";
import { judgeAddress, judgeAnswers } from "#lib/core/address/judgeAnswers.ts";
import type { AddressRules } from "#lib/core/address/judgeAnswers.ts";
import { judgeUrl } from "#lib/core/address/judgeUrl.ts";
import type { TlsFacts } from "#lib/core/fetch/Fetched.ts";
import { connectToOneOf } from "./connectToOneOf.ts";
import { FetchFailure } from "./FetchFailure.ts";
import { lookUp } from "./lookUp.ts";
import type { Resolver } from "./NetOptions.ts";
import { startTls } from "./startTls.ts";
import { tlsFacts } from "./tlsFacts.ts";

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
  const raw = await connectToOneOf(addresses, egress, rules.connectTimeout, signal);
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
