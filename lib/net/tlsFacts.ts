import type { TLSSocket } from "node:tls";
import type { TlsFacts } from "#lib/core/fetch/Fetched.ts";

/** What a verified connection showed of itself. */
export function tlsFacts(socket: TLSSocket): TlsFacts | undefined {
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return undefined;
  return {
    protocol: socket.getProtocol() ?? "unknown",
    certificateSha256: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
    issuer: leaf.issuer.trim().replaceAll("\n", ", "),
    subject: (leaf.subject ?? "").trim().replaceAll("\n", ", "),
    validFrom: new Date(leaf.validFrom).toISOString(),
    validTo: new Date(leaf.validTo).toISOString(),
  };
}
