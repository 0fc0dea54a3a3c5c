import { parseAddress } from "./parseAddress.ts";
import { contains } from "./parseCidr.ts";
import { globalIPv6, specialIPv4, specialIPv6 } from "./specialBlocks.ts";

/** Whether the fetcher may go there, and why in one plain sentence. */
export interface Verdict {
  readonly verdict: "allow" | "block";
  readonly reason: string;
}

/**
 * Whether an IP address belongs to the public internet. Whatever cannot be read strictly is blocked:
 * zone ids, brackets and the legacy spellings of IPv4 included.
 */
export function classifyAddress(ip: string): Verdict {
  const address = typeof ip === "string" ? parseAddress(ip) : undefined;
  if (address === undefined) return block("This is not an IP address in its plain notation.");
  const special = (address.family === 4 ? specialIPv4 : specialIPv6).find((each) => contains(each, address));
  if (special !== undefined) return block(`${ip} is in ${special.text}: ${special.use}.`);
  if (address.family === 6 && !contains(globalIPv6, address)) {
    return block(`${ip} is outside ${globalIPv6.text}, the public IPv6 internet.`);
  }
  return { verdict: "allow", reason: `${ip} is a public address.` };
}

function block(reason: string): Verdict {
  return { verdict: "block", reason };
}
