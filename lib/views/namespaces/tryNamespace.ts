import { decide } from "#lib/consumer/decide.ts";
import { matchPattern } from "#lib/consumer/matchPattern.ts";
import type { NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import type { NamespaceConstraints } from "#lib/core/namespace/Namespace.ts";
import { parsePattern } from "#lib/core/namespace/parsePattern.ts";
import { whyNoMatch } from "#lib/core/namespace/whyNoMatch.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { evaluateClient } from "#lib/views/clients/evaluateClient.ts";

export interface NamespaceTrial {
  readonly clientId: string;
  readonly matches: boolean;
  /** Why, when it does not match. */
  readonly because: string | null;
  /** Its lifecycle, when people decided on this client by itself: that wins. */
  readonly decidedItself: string | null;
  /** What the constraints say, those that wait included. Null without a match. */
  readonly byConstraints: { readonly allowed: boolean; readonly sentence: string } | null;
  /** What each server decides by its newest release. */
  readonly servers: readonly {
    readonly slug: string;
    readonly name: string;
    readonly allowed: boolean;
    readonly sentence: string;
  }[];
}

/** Whether a client_id would be a client of a namespace, and what it could do. */
export async function tryNamespace(
  db: Read,
  now: Instant,
  namespace: {
    readonly pattern: string;
    readonly constraints: NamespaceConstraints;
    readonly proposed: NamespaceConstraints | null;
  },
  asked: { readonly clientId: string; readonly redirectUri?: string },
): Promise<NamespaceTrial> {
  const { pattern } = namespace;
  const { clientId, redirectUri } = asked;
  const matches = matchPattern(pattern, clientId);
  const { parsed } = parsePattern(pattern);
  const client = await find(db, "client", { clientId });
  const undecided =
    !client || (["discovered", "pending"].includes(client.lifecycle) && !client.approvedSnapshotId);
  const servers = [];
  for (const { slug, name } of await findAll(db, "audience")) {
    const { decision, sentence } = await evaluateClient(db, now, { audience: slug, clientId, redirectUri });
    servers.push({ slug, name, allowed: decision === "allow", sentence });
  }
  return {
    clientId,
    matches,
    because: matches || !parsed ? null : whyNoMatch(parsed, clientId),
    decidedItself: undecided ? null : client.lifecycle,
    byConstraints: matches ? judged(pattern, namespace.proposed ?? namespace.constraints, asked, now) : null,
    servers,
  };
}

/** The consumer's own verdict, as if the constraints stood in the newest head. */
function judged(
  pattern: string,
  constraints: NamespaceConstraints,
  { clientId, redirectUri }: { readonly clientId: string; readonly redirectUri?: string },
  now: Instant,
) {
  const seconds = Math.floor(now / second);
  const { decision, sentence } = decide({
    head: { seq: 0, iat: seconds, exp: seconds + 60, deny: [] },
    found: "none",
    namespaces: [entryFor(pattern, constraints)],
    question: { client_id: clientId, redirect_uri: redirectUri },
    now: seconds,
  });
  return { allowed: decision === "allow", sentence };
}

function entryFor(pattern: string, constraints: NamespaceConstraints): NamespaceEntry {
  return {
    pattern,
    status: "allow",
    redirect_hosts: [...constraints.redirectHosts],
    loopback: constraints.loopback,
    token_endpoint_auth_methods: [...constraints.methods],
    ...(constraints.keyHost === undefined ? {} : { jwks_host: constraints.keyHost }),
    grant_types: [...constraints.grantTypes],
    grants: constraints.grants.map(({ resource, scopes }) => ({ resource, scopes: [...scopes] })),
  };
}
