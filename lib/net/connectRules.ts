import { networkInterfaces } from "node:os";
import { createSecureContext, getCACertificates } from "node:tls";
import { parseAddress } from "#lib/core/address/parseAddress.ts";
import { parseCidr } from "#lib/core/address/parseCidr.ts";
import type { NetOptions, Resolver } from "./NetOptions.ts";
import type { ConnectRules } from "./openConnection.ts";

/** What every connection out of here obeys. Throws when an option cannot be read. */
export function connectRules(
  options: Pick<NetOptions, "allowedCidrs" | "ownAddresses" | "egressPort" | "certificateAuthorities">,
  resolver: Resolver,
  connectTimeout: number,
): ConnectRules {
  return {
    resolver,
    secureContext: createSecureContext({
      minVersion: "TLSv1.2",
      ca: [...getCACertificates("default"), ...(options.certificateAuthorities ?? [])],
    }),
    connectTimeout,
    egressPort: options.egressPort,
    allowedCidrs: (options.allowedCidrs ?? []).map((text) => read(parseCidr(text), text)),
    ownAddresses: (options.ownAddresses ?? ownInterfaces()).map((text) => read(parseAddress(text), text)),
  };
}

function ownInterfaces(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((each) => !each.internal)
    .map((each) => each.address.split("%")[0] ?? "");
}

function read<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new Error(`Not an address or block of addresses: ${text}`);
  return value;
}
