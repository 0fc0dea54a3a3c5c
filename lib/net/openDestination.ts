import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Socket } from "node:net";
import { judgeAddress, judgeAnswers } from "#lib/core/address/judgeAnswers.ts";
import { judgeUrl } from "#lib/core/address/judgeUrl.ts";
import { parseAddress } from "#lib/core/address/parseAddress.ts";
import { contains, parseCidr } from "#lib/core/address/parseCidr.ts";
import { connectToOneOf } from "./connectToOneOf.ts";
import { FetchFailure } from "./FetchFailure.ts";
import { lookUp } from "./lookUp.ts";
import type { ConnectRules } from "./openConnection.ts";
import type { Target } from "./Outbound.ts";
import { untilAborted } from "./untilAborted.ts";

export interface DestinationRules extends ConnectRules {
  /** Whether the operator listed the host, for this port. */
  isListed(host: string, port: number): boolean;
}

/** Where clouds keep the credentials of a machine: never a place for messages, whatever a listed name says. */
const neverListed = [
  "169.254.0.0/16",
  "168.63.129.16/32",
  "fe80::/10",
  "fd00:ec2::254/128",
  "100.100.100.200/32",
].flatMap((block) => parseCidr(block) ?? []);

/** The addresses a destination may be reached at, each of them checked. Rejects with a `FetchFailure`. */
export async function checkedAddresses(
  { host, port, openPorts }: Target,
  rules: DestinationRules,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (rules.isListed(host, port)) return listedAddresses(host, signal);
  const byText = judgeUrl(`https://${isIP(host) === 6 ? `[${host}]` : host}/`);
  if (byText.verdict === "block") throw new FetchFailure("refused_url", byText.reason);
  if (!openPorts.includes(port))
    throw new FetchFailure("refused_url", `Port ${port} is not open; ${openPorts.join(", ")} is.`);
  const answers = await lookUp(host, rules.resolver, signal);
  const judged = judgeAnswers(answers, rules);
  if (judged.verdict === "block") throw new FetchFailure("refused_address", judged.reason);
  return [...(answers.A ?? []), ...(answers.AAAA ?? [])];
}

/** As the machine itself looks names up, hosts file included: the operator vouches for the name. */
async function listedAddresses(host: string, signal: AbortSignal): Promise<readonly string[]> {
  if (isIP(host)) return [host];
  const found = await untilAborted(lookup(host, { all: true }), signal).catch((error: unknown) => {
    if (error instanceof FetchFailure) throw error;
    throw new FetchFailure("dns_error", `The name ${host} has no address. It is tried again later.`);
  });
  const addresses = found.map(({ address }: LookupAddress) => address);
  for (const text of addresses) {
    const address = parseAddress(text);
    if (!address || neverListed.some((block) => contains(block, address)))
      throw new FetchFailure(
        "refused_address",
        `${host} leads to ${text}, which no listed name may lead to.`,
      );
  }
  return addresses;
}

/** Connects to a checked address and checks it once more. Rejects with a `FetchFailure`, also when `signal` aborts. */
export async function openDestination(
  target: Target,
  rules: DestinationRules,
  signal: AbortSignal,
): Promise<{ readonly raw: Socket; readonly address: string }> {
  const addresses = await checkedAddresses(target, rules, signal);
  const { host, port } = target;
  const isListed = rules.isListed(host, port);
  const egress = port === 443 && !isListed ? (rules.egressPort ?? port) : port;
  const raw = await connectToOneOf(addresses, egress, rules.connectTimeout, signal);
  const address = raw.remoteAddress ?? "";
  const isGood = isListed ? addresses.includes(address) : judgeAddress(address, rules).verdict === "allow";
  if (!isGood) {
    raw.destroy();
    throw new FetchFailure("refused_address", "Connected elsewhere than to the address checked.");
  }
  return { raw, address };
}
