import { classifyRedirectFor, clientOwner } from "#lib/core/redirect/classifyRedirect.ts";
import type { ExplainedRedirect } from "./ExplainedRedirect.ts";

/** Each redirect URI of one client with its class, how it is compared, and where it goes in words. */
export function explainRedirects(uris: readonly string[], clientId: string): ExplainedRedirect[] {
  const owner = clientOwner(clientId);
  return uris.map((uri) => {
    const found = classifyRedirectFor(uri, owner);
    return { uri, class: found.class, match: found.match, words: found.words };
  });
}
