import { decide } from "#lib/consumer/decide.ts";
import type { ExportedList, ListedClient } from "#lib/adapters/Adapter.ts";
import type {
  AllowlistEntry,
  BranchObject,
  LeafObject,
  NamespaceEntry,
  NamespacesObject,
} from "#lib/core/allowlist/wire.ts";
import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { countClientsAt } from "#lib/db/queries/countClientsAt.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

/** Lifecycles of clients that somebody turned away. */
const turnedAway = new Set(["suspended", "denied", "blocked", "retired"]);

/**
 * What counts now of a release, read from the objects its signature covers and judged as a consumer judges it. Undefined
 * when an object is missing or not what its name says: part of a list is no list.
 */
export async function exportedList(
  db: Read,
  now: Instant,
  list: string,
  head: Row<"head">,
): Promise<ExportedList | undefined> {
  const listed: ListedClient[] = [];
  if (!(await readTree(db, head.root, listed))) return undefined;
  const named = await namespacesOf(db, head.ns);
  if (!named) return undefined;

  const seconds = Math.floor(now / second);
  const deciding = {
    seq: head.seq,
    iat: head.issuedAt / second,
    exp: head.expiresAt / second,
    deny: head.deny,
  };
  const entries: ListedClient[] = [];
  const deniedClientIds = head.deny.flatMap(({ client_id }) => client_id ?? []);
  for (const [index, { clientId, entry }] of listed.entries()) {
    if (index % 2_000 === 1_999) await otherWork();
    const { decision } = decide({
      head: deciding,
      found: entry,
      question: { client_id: clientId },
      now: seconds,
    });
    if (decision === "allow") entries.push({ clientId, entry: withoutDenied(entry, head.deny) });
    else deniedClientIds.push(clientId);
  }
  entries.sort((a, b) => (a.clientId < b.clientId ? -1 : 1));

  const namespaces = named.filter(
    ({ status, exp, max_stale }) =>
      status !== "allow" ||
      ((exp === undefined || exp > seconds) &&
        (max_stale === undefined || seconds - deciding.iat <= max_stale)),
  );
  const deniedHosts = new Set([
    ...head.deny.flatMap(({ host }) => (host === undefined ? [] : [withoutPort(host)])),
    ...deniedClientIds.flatMap(hostOf),
  ]);
  const hosts = [
    ...entries.map(({ clientId }) => clientId),
    ...namespaces.map(({ pattern }) => pattern),
  ].flatMap(hostOf);
  return {
    list,
    rev: head.rev,
    seq: head.seq,
    issuedAt: head.issuedAt,
    expiresAt: head.expiresAt,
    entries,
    denies: head.deny,
    deniedHosts,
    deniedClientIds,
    namespaces,
    ...(await inventoryAt(db, hosts)),
  };
}

/** What the inventory says about the hosts now; a release may be a moment older. */
async function inventoryAt(db: Read, hosts: readonly string[]) {
  const domains = new Set([...new Set(hosts)].map((host) => owningDomain(host).registrableDomain ?? host));
  const refusedHosts = new Set((await findAll(db, "hostBlock")).map(({ host }) => withoutPort(host)));
  const knownAt = new Map<string, number>();
  for (const { host, lifecycle, clients } of await countClientsAt(db, domains)) {
    if (turnedAway.has(lifecycle)) refusedHosts.add(host);
    knownAt.set(host, (knownAt.get(host) ?? 0) + clients);
  }
  return { refusedHosts, knownAt };
}

/** False when the tree cannot be read whole. */
async function readTree(db: Read, root: string, into: ListedClient[]): Promise<boolean> {
  const waiting = [root];
  for (let sha = waiting.pop(), read = 0; sha !== undefined; sha = waiting.pop()) {
    if (++read % 16 === 0) await otherWork();
    const body = await bodyOf(db, sha);
    if (body === undefined) return false;
    const node = JSON.parse(body) as BranchObject | LeafObject;
    if ("children" in node) waiting.push(...Object.values(node.children));
    else for (const [clientId, entry] of Object.entries(node.entries)) into.push({ clientId, entry });
  }
  return true;
}

async function namespacesOf(db: Read, sha: string | null): Promise<NamespaceEntry[] | undefined> {
  if (sha === null) return [];
  const body = await bodyOf(db, sha);
  return body === undefined ? undefined : (JSON.parse(body) as NamespacesObject).namespaces;
}

async function bodyOf(db: Read, sha: string): Promise<string | undefined> {
  const body = (await find(db, "allowlistObject", { sha }))?.body;
  return body !== undefined && sha256Hex(body) === sha ? body : undefined;
}

/** Who reads an export may not know the head's denies; at least one key is left, or the decision was a deny. */
function withoutDenied(entry: AllowlistEntry, deny: Row<"head">["deny"]): AllowlistEntry {
  if (!entry.jkts?.some((jkt) => deny.some((each) => each.jkt === jkt))) return entry;
  return { ...entry, jkts: entry.jkts.filter((jkt) => !deny.some((each) => each.jkt === jkt)) };
}

/** Lets whoever else waits for this process go first: a large list takes a second, and heads are served beside it. */
function otherWork(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** A product that knows hosts only admits every port, so refusing one port refuses the host. */
function withoutPort(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

function hostOf(url: string): string[] {
  const host = URL.parse(url)?.hostname;
  return host ? [host] : [];
}
