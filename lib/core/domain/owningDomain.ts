import { parse } from "tldts";
import { sharedHostOf } from "./sharedHosts.ts";

/** Who answers for a host, by the Public Suffix List with its private section. */
export interface OwningDomain {
  /** The host in lower case, without a trailing dot. */
  readonly host: string;
  /** The name somebody registered ("neroil.github.io", "acme.co.uk"); absent for addresses and bare suffixes. */
  readonly registrableDomain?: string;
  readonly publicSuffix?: string;
  /** Whether the suffix is one ICANN knows: without it the name cannot be public. */
  readonly isPublic: boolean;
  /** True when tenants of a platform share the registrable name's parent, or the host itself. */
  readonly isShared: boolean;
  /** True when the shared host is a tunnel to somebody's own machine. */
  readonly isTunnel: boolean;
  /** Who to show as the owner: the registrable domain, or the host when there is none. */
  readonly label: string;
}

/** Reads a host name (not a URL). Never throws. */
export function owningDomain(host: string): OwningDomain {
  const name = host.toLowerCase().replace(/\.$/, "");
  const found = parse(name, { allowPrivateDomains: true, extractHostname: false });
  const registrableDomain = found.domain ?? undefined;
  const shared = sharedHostOf(name);
  return {
    host: name,
    registrableDomain:
      shared?.tenants === "subdomain" && name !== shared.name
        ? tenantOf(name, shared.name)
        : registrableDomain,
    publicSuffix: found.publicSuffix ?? undefined,
    isPublic: found.isIcann === true || found.isPrivate === true,
    isShared: found.isPrivate === true || shared !== undefined,
    isTunnel: shared?.isTunnel === true,
    label:
      shared?.tenants === "subdomain" && name !== shared.name
        ? tenantOf(name, shared.name)
        : (registrableDomain ?? name),
  };
}

function tenantOf(name: string, platform: string): string {
  const labels = name.slice(0, -platform.length - 1).split(".");
  return `${labels.at(-1) ?? ""}.${platform}`;
}
