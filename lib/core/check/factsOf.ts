import { parseClientId, type ParsedClientId } from "#lib/core/clientId/parseClientId.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { owningDomain, type OwningDomain } from "#lib/core/domain/owningDomain.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { classifyRedirectFor, type ClassifiedRedirect } from "#lib/core/redirect/classifyRedirect.ts";
import type { CheckSubject } from "./CheckSubject.ts";

/** A redirect URI of the document and where it stands. */
export interface RedirectFact extends ClassifiedRedirect {
  /** JSON Pointer of its place. */
  readonly path: string;
  /** The URI in quotes, safe to print. */
  readonly shown: string;
}

/** A subject with what several checks want to know about it, worked out once. */
export interface CheckFacts extends CheckSubject {
  readonly client: ParsedClientId;
  /** Who answers for the client_id's host; absent without a usable host. */
  readonly owner?: OwningDomain;
  /** The document's members; absent without a document that is an object. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly metadata?: EffectiveMetadata;
  readonly redirects: readonly RedirectFact[];
  readonly keys: readonly ParsedKey[];
  /** JSON Pointer to the key set, or `jwks#`. */
  readonly keySetPath: string;
}

export function factsOf(subject: CheckSubject): CheckFacts {
  const { document } = subject;
  const client = parseClientId(subject.clientId);
  const owner = client.host === undefined ? undefined : owningDomain(client.host);
  const metadata = document?.effective;
  const keySet = subject.keySet ?? inlineKeySet(document?.members);
  return {
    ...subject,
    client,
    owner,
    members: document?.members,
    metadata,
    redirects: redirectsOf(document?.members, owner),
    keySet,
    keys: keySet?.keys ?? [],
    keySetPath: keySet?.source === "inline" ? "/jwks" : "jwks#",
  };
}

function inlineKeySet(members: CheckFacts["members"]) {
  const jwks = members?.["jwks"];
  return jwks === undefined || jwks === null ? undefined : parseKeySet(jwks, "inline");
}

function redirectsOf(members: CheckFacts["members"], owner: OwningDomain | undefined): RedirectFact[] {
  const uris = members?.["redirect_uris"];
  if (!Array.isArray(uris)) return [];
  // Beyond the limit that makes the document invalid there is nothing to learn from reading on.
  return uris.slice(0, 100).flatMap((uri: unknown, index) =>
    typeof uri === "string"
      ? [
          {
            ...classifyRedirectFor(uri, owner),
            path: `/redirect_uris/${index}`,
            shown: `"${visibleText(uri)}"`,
          },
        ]
      : [],
  );
}
