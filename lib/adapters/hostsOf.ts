import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import type { AdmittedHost, ExportedList, LeftOut } from "./Adapter.ts";
import { literalHost } from "./literal.ts";

/** A name that can never be resolved (RFC 6761): stands where an empty list would mean "everybody". */
export const nobodysHost = "nothing-is-approved.invalid";

export interface HostChoice {
  readonly admitted: readonly AdmittedHost[];
  readonly refused: readonly LeftOut[];
  /** The admitted names, never empty: `nobodysHost` when there is none. */
  readonly names: readonly string[];
}

/**
 * The hosts a product that knows hosts only may admit. A host is left out when somebody there is refused, when it belongs
 * to a platform that gives names or paths to strangers, and when it cannot be written literally.
 */
export function hostsOf(list: ExportedList): HostChoice {
  const clientsAt = new Map<string, string[]>();
  const refused: LeftOut[] = [];
  const whyNot = doubtsOf(list);
  const consider = (clientId: string) => {
    const read = literalHost(clientId);
    const why = "why" in read ? read.why : whyNot(read.host);
    if (why !== undefined || "why" in read) return refused.push({ clientId, why: why ?? "" });
    const there = clientsAt.get(read.host);
    return there ? there.push(clientId) : clientsAt.set(read.host, [clientId]);
  };
  for (const { clientId } of list.entries) consider(clientId);
  for (const { pattern, status } of list.namespaces) {
    if (status !== "allow") continue;
    // Its host is literal; one segment in place of the asterisk makes it a URL like any of its clients.
    const read = literalHost(pattern.replaceAll("*", "x"));
    const why = "why" in read ? read.why : whyNot(read.host);
    if (why !== undefined || "why" in read) refused.push({ clientId: pattern, why: why ?? "" });
    else clientsAt.set(read.host, [...(clientsAt.get(read.host) ?? []), pattern]);
  }
  const admitted = [...clientsAt]
    .map(([host, clientIds]) => ({
      host,
      clientIds,
      others: (list.knownAt.get(host) ?? 0) > clientIds.length,
    }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
  return { admitted, refused, names: admitted.length > 0 ? admitted.map(({ host }) => host) : [nobodysHost] };
}

/** Remembers the answer of each host: a list of many clients has few. */
function doubtsOf(list: ExportedList): (host: string) => string | undefined {
  const above = new Set<string>();
  for (const host of [...list.deniedHosts, ...list.refusedHosts, ...deniedNamespaces(list)])
    // Some products take a name for everything below it too.
    for (let name = host.replace(/\.$/, ""); name !== ""; name = name.slice(name.indexOf(".") + 1)) {
      above.add(name);
      if (!name.includes(".")) break;
    }
  const known = new Map<string, string | undefined>();
  return (host) => {
    if (!known.has(host)) known.set(host, doubtOf(host, above));
    return known.get(host);
  };
}

function doubtOf(host: string, above: ReadonlySet<string>): string | undefined {
  if (above.has(host)) return `A client at or below ${host} is refused; admitting the host could let it in.`;
  const { isShared, isTunnel, registrableDomain } = owningDomain(host);
  if (isTunnel) return `${host} is a tunnel, whose names go to whoever connects next.`;
  if (isShared) return `${host} belongs to a platform that gives names or paths to strangers.`;
  if (registrableDomain === undefined) return `Names below ${host} belong to whoever registers them.`;
  return undefined;
}

function deniedNamespaces(list: ExportedList): string[] {
  return list.namespaces.flatMap(({ pattern, status }) => {
    if (status === "allow") return [];
    const read = literalHost(pattern.replaceAll("*", "x"));
    return "host" in read ? [read.host] : [];
  });
}
