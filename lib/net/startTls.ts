import { isIP } from "node:net";
import type { Socket } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";
import { FetchFailure } from "./FetchFailure.ts";
import { tlsSentence } from "./tlsSentence.ts";
import { untilAborted } from "./untilAborted.ts";

/** TLS over an open connection, verified for `host`; `protocols` are offered by ALPN. */
export function startTls(
  raw: Socket,
  host: string,
  address: string,
  secureContext: SecureContext,
  signal: AbortSignal,
  protocols: readonly string[] = ["http/1.1"],
): Promise<TLSSocket> {
  const socket = connectTls({
    socket: raw,
    // An address has no place in SNI (RFC 6066 §3); the certificate is verified for it all the same.
    ...(isIP(host) ? { host } : { servername: host }),
    secureContext,
    // Said explicitly: NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default only.
    rejectUnauthorized: true,
    checkServerIdentity,
    ALPNProtocols: [...protocols],
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
