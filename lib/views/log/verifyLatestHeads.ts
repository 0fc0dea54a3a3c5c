import { verifyHead } from "#lib/consumer/verifyHead.ts";
import type { BranchObject, LeafObject } from "#lib/core/allowlist/wire.ts";
import { inKeySet } from "#lib/core/keyLife.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

export interface HeadVerdict {
  readonly audience: string;
  readonly ok: boolean;
  readonly seq: number | null;
  readonly sentence: string;
}

/** Verifies the newest head of every audience as a consumer would, with its whole list behind it. */
export async function verifyLatestHeads(db: Read, now: Instant, baseUrl: string): Promise<HeadVerdict[]> {
  const verdicts: HeadVerdict[] = [];
  for (const audience of await findAll(db, "audience")) {
    const head = await latestHead(db, audience.id);
    const fault = head ? await faultOf(db, now, baseUrl, audience, head) : "Nothing was published yet.";
    verdicts.push({
      audience: audience.slug,
      ok: fault === undefined,
      seq: head?.seq ?? null,
      sentence: fault ?? `Release ${head?.seq} verifies, with all of its ${head?.count} entries.`,
    });
  }
  return verdicts;
}

async function faultOf(
  db: Read,
  now: Instant,
  iss: string,
  audience: Row<"audience">,
  head: Row<"head">,
): Promise<string | undefined> {
  try {
    const sub = `${iss}/v1/lists/${audience.slug}/head`;
    const { claims } = await verifyHead(head.jws, {
      iss,
      sub,
      algs: ["ES256"],
      keyFor: (kid) => publishedKey(db, kid),
      remembered: null,
      now: Math.floor(now / second),
    });
    const entries = await countEntries(db, claims.root);
    return entries === claims.count
      ? undefined
      : `The head says ${claims.count} entries; its list holds ${entries}.`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `Release ${head.seq} does not verify: ${error.message}`;
  }
}

async function publishedKey(db: Read, kid: string): Promise<CryptoKey | null> {
  const row = await find(db, "signingKey", { kid });
  if (!row || !inKeySet(row.state)) return null;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  return crypto.subtle.importKey("jwk", row.publicJwk as JsonWebKey, curve, true, ["verify"]);
}

async function countEntries(db: Read, root: string): Promise<number> {
  let entries = 0;
  const waiting = [root];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const object = await find(db, "allowlistObject", { sha });
    if (!object || sha256Hex(object.body) !== sha)
      throw new Error(`The object ${sha} is missing or changed.`);
    const node = JSON.parse(object.body) as LeafObject | BranchObject;
    if ("entries" in node) entries += Object.keys(node.entries).length;
    else waiting.push(...Object.values(node.children));
  }
  return entries;
}
