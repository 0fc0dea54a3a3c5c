import type { Socket } from "node:net";
import type { Instant } from "#lib/core/Instant.ts";
import type { Sent } from "#lib/core/notice/Sent.ts";

/** How something that was sent ended on the way, as the guard says it. */
export interface Posted {
  readonly outcome: "answered" | "failed" | "refused";
  readonly sentence: string;
  readonly status?: number;
  readonly retryAfter?: number;
}

export interface Target {
  readonly host: string;
  readonly port: number;
  /** Ports that need no listing at a public host. */
  readonly openPorts: readonly number[];
}

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of the event: makes the Message-ID, so that a repeated mail can be told. */
  readonly id: string;
}

/** What channels do to the world, all of it behind the guard. */
export interface Hands {
  now(): Instant;
  /** Where this installation lives: host of the base URL. */
  readonly hostName: string;
  post(posting: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }): Promise<Posted>;
  openSocket(target: Target & { readonly tls: boolean }): Promise<{ readonly socket: Socket } | Posted>;
  sendDatagram(target: Target, bytes: Uint8Array): Promise<Posted>;
  sendMail(mail: Mail): Promise<Sent>;
}
