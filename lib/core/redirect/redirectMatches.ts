import { splitUri } from "#lib/core/clientId/splitUri.ts";
import { loopbackOf } from "./loopbackOf.ts";

export interface RedirectMatch {
  readonly match: boolean;
  /** In one sentence, for a log or a person. */
  readonly reason: string;
}

/**
 * Whether a requested redirect URI is the registered one: the same string (draft -02 §4.2, RFC 3986 §6.2.1), or a
 * loopback redirect that differs in its port only (RFC 9700 §2.1, RFC 8252 §7.3). Nothing is decoded or normalised.
 */
export function redirectMatches(registered: string, requested: string): RedirectMatch {
  const fault = requestFault(requested);
  if (fault !== undefined) return { match: false, reason: fault };
  if (registered === requested) return { match: true, reason: "The two are the same string." };
  const ours = loopbackOf(registered);
  const theirs = loopbackOf(requested);
  if (ours === undefined || theirs === undefined)
    return { match: false, reason: "The two differ, and only loopback redirects may." };
  if (ours.host !== theirs.host) {
    return {
      match: false,
      reason: `The host ${theirs.host} is not ${ours.host}; loopback names are not interchangeable.`,
    };
  }
  if (ours.rest !== theirs.rest)
    return { match: false, reason: "The path or the query differs; only the port may." };
  return { match: true, reason: "The same loopback redirect on another port." };
}

function requestFault(requested: string): string | undefined {
  const parts = splitUri(requested);
  if (parts === undefined) return "The requested redirect is not an absolute URI.";
  if (parts.fragment !== undefined) return "The requested redirect has a fragment.";
  if (parts.userinfo !== undefined) return "The requested redirect has userinfo.";
  const { port } = parts;
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)) {
    return "The port of the requested redirect is not a number from 1 to 65535.";
  }
  return undefined;
}
