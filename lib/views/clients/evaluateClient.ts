import { decide, type Found } from "#lib/consumer/decide.ts";
import { triePath } from "#lib/core/allowlist/trieNode.ts";
import type { BranchObject, LeafObject } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find } from "#lib/db/rows.ts";
import { audienceBySlug } from "#lib/views/servers/audienceBySlug.ts";
import { storedNamespaces } from "#lib/views/namespaces/storedNamespaces.ts";

export interface EvaluationQuestion {
  /** Short name of the authorization server. */
  readonly audience: string;
  /** Compared as a string, as everything here. */
  readonly clientId: string;
  readonly redirectUri?: string;
  readonly resource?: string;
  /** Space-separated, as in a request. */
  readonly scope?: string;
}

export interface Evaluation {
  readonly decision: "allow" | "deny";
  /** Codes of docs/allowlist.md; empty for an allow. */
  readonly reasons: readonly string[];
  readonly sentence: string;
  /** The release that was decided by; null while there is none. */
  readonly seq: number | null;
  /** Pattern of the namespace that decided, for a client which is not listed itself. */
  readonly namespace?: string;
}

/**
 * What an authorization server decides by the newest release: the consumer's own decision over the stored head and
 * objects. Refuses an audience that does not exist.
 */
export async function evaluateClient(
  db: Read,
  now: Instant,
  question: EvaluationQuestion,
): Promise<Evaluation> {
  const audience = await audienceBySlug(db, question.audience);
  const head = await latestHead(db, audience.id);
  const found = head ? await findEntry(db, head.root, question.clientId) : "none";
  const { decision, reasons, sentence, seq, namespace } = decide({
    head: head
      ? { seq: head.seq, iat: head.issuedAt / second, exp: head.expiresAt / second, deny: head.deny }
      : null,
    found,
    namespaces: head?.ns && found === "none" ? await storedNamespaces(db, head.ns) : [],
    question: {
      client_id: question.clientId,
      redirect_uri: question.redirectUri,
      resource: question.resource,
      scope: question.scope,
    },
    now: Math.floor(now / second),
  });
  return { decision, reasons, sentence, seq, ...(namespace ? { namespace: namespace.pattern } : {}) };
}

/** Walks the stored trie as a consumer does; an object that is missing or not what its name says is `unavailable`. */
async function findEntry(db: Read, root: string, clientId: string): Promise<Found> {
  let sha = root;
  for (const digit of triePath(clientId)) {
    const object = await find(db, "allowlistObject", { sha });
    if (!object || sha256Hex(object.body) !== sha) return "unavailable";
    const node = JSON.parse(object.body) as LeafObject | BranchObject;
    if ("entries" in node) return new Map(Object.entries(node.entries)).get(clientId) ?? "none";
    const child = node.children[digit];
    if (child === undefined) return "none";
    sha = child;
  }
  return "unavailable";
}
