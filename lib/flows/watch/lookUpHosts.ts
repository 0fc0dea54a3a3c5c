import type { CheckSubject } from "#lib/core/check/CheckSubject.ts";
import { hostsIn } from "#lib/core/check/hostsIn.ts";
import type { Context } from "#lib/context.ts";

/**
 * DNS answers for every host that a document leads to, as the checks read them. A host that DNS does not answer for is
 * left out: it is not known. Opens no connection.
 */
export async function lookUpHosts(
  { net }: { readonly net: Pick<Context["net"], "resolve"> },
  clientId: string,
  members?: Readonly<Record<string, unknown>>,
): Promise<Required<Pick<CheckSubject, "addresses" | "openedAddresses">>> {
  const found = await Promise.all(
    hostsIn(clientId, members).map(async (host) => [host, await net.resolve(host)] as const),
  );
  const addresses: Record<string, readonly string[]> = {};
  const openedAddresses: string[] = [];
  for (const [host, answers] of found) {
    if (answers === undefined) continue;
    addresses[host] = answers.addresses;
    openedAddresses.push(...answers.opened);
  }
  return { addresses, openedAddresses };
}
