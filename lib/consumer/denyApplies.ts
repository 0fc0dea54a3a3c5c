import type { AllowlistEntry, HeadDeny } from "./wire.ts";

/** Whether a deny of the head hits this client: by client_id, by the host of its URL, or by the key it used. */
export function denyApplies(
  deny: HeadDeny,
  question: { readonly client_id: string; readonly jkt?: string | null },
): boolean {
  if (deny.client_id !== undefined && deny.client_id === question.client_id) return true;
  if (deny.jkt !== undefined && deny.jkt === question.jkt) return true;
  return deny.host !== undefined && hasHost(question.client_id, withoutDot(deny.host.toLowerCase()));
}

/** Whether the head denies every key of an entry, so that nothing it could authenticate with is left. */
export function allKeysDenied(denies: readonly HeadDeny[], entry: AllowlistEntry): boolean {
  const keys = entry.jkts ?? [];
  return keys.length > 0 && keys.every((key) => denies.some((deny) => deny.jkt === key));
}

function hasHost(clientId: string, host: string): boolean {
  if (!URL.canParse(clientId)) return false;
  const url = new URL(clientId);
  return withoutDot(url.hostname) === host || withoutDot(url.host) === host;
}

/** A host name with a dot at its end is the same host. */
function withoutDot(host: string): string {
  return host.replace(/\.(?=$|:\d+$)/, "");
}
