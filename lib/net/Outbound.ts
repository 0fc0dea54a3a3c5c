import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";

/** One message to post. */
export interface Posting {
  readonly url: string;
  /** Lower-case names; no line breaks in values. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How it ended: `refused` by the guard before anything was sent, `failed` on the way, or `answered` with a status. */
export interface Posted {
  readonly outcome: "answered" | "failed" | "refused";
  readonly sentence: string;
  readonly status?: number;
  /** From Retry-After, milliseconds, clamped to 1 s … 24 h. */
  readonly retryAfter?: number;
}

export interface Target {
  /** A DNS name or an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Ports that need no listing at a public host. */
  readonly openPorts: readonly number[];
}

/** The same with the answer's body, as text, when all of it came and it is no larger than 16 KB. */
export interface Asked extends Posted {
  readonly body?: string;
}

export type Opened = { readonly socket: Socket } | Posted;

/**
 * What leaves the house besides fetches: the same guard, checked when the connection is made. Hosts that the operator
 * listed may be private and use any port; the address of cloud metadata is refused for a listed name as well.
 */
export interface Outbound {
  /** Posts once and never follows a redirect. Up to 16 KB of the answer's body are read, and dropped. */
  post(posting: Posting): Promise<Posted>;
  /** Posts like `post` and keeps the answer's body: for a service that the operator runs and names. */
  ask(posting: Posting): Promise<Asked>;
  /** A connection to a checked address, with verified TLS when asked for. The caller ends it. */
  openSocket(target: Target & { readonly tls: boolean }): Promise<Opened>;
  /** One UDP datagram. That it was sent does not mean that anybody got it. */
  sendDatagram(target: Target, bytes: Uint8Array): Promise<Posted>;
  /** For an upgrade to TLS on a connection that `openSocket` opened. */
  readonly secureContext: SecureContext;
}
