import { contains, parseCidr, type Cidr } from "./parseCidr.ts";
import { parseAddress } from "./parseAddress.ts";

/**
 * The address a request came from: the other end of the connection, or, when that is a trusted proxy, the last address of
 * X-Forwarded-For that is not one. What stands before it was written by whoever called and is never believed.
 * @param trusted blocks of addresses, as `10.0.0.0/8`
 */
export function callerAddress(
  peer: string,
  forwardedFor: string | undefined,
  trusted: readonly string[],
): string {
  const proxies = trusted.flatMap((block) => parseCidr(block) ?? []);
  const hops = (forwardedFor ?? "").split(",").map(plain);
  let caller = plain(peer);
  while (isIn(proxies, caller)) {
    const before = hops.pop();
    if (before === undefined || parseAddress(before) === undefined) break;
    caller = before;
  }
  return caller;
}

function isIn(blocks: readonly Cidr[], text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && blocks.some((block) => contains(block, address));
}

/** A socket that takes both families writes IPv4 as an IPv6 address (RFC 4291 §2.5.5.2). */
function plain(text: string): string {
  return text.trim().replace(/^::ffff:(?=\d+\.)/i, "");
}
