import { owningDomain } from "#lib/core/domain/owningDomain.ts";

/**
 * Why nobody may approve what lies under a host unseen, in a sentence: strangers have names or paths there. Undefined when
 * the host belongs to one owner.
 */
export function hostFault(host: string): string | undefined {
  const { isTunnel, isShared, isPublic, label, registrableDomain } = owningDomain(host);
  if (isTunnel) return `${host} is a tunnel: its name goes to whoever connects next.`;
  if (isShared)
    return `${host} is on a shared platform (${label}), where names and paths belong to strangers and change hands. Add its clients one by one.`;
  if (!isPublic || registrableDomain === undefined) return `${host} is not a name somebody registered.`;
  return undefined;
}
