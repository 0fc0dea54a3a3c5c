import { parseObject } from "#lib/consumer/parseObject.ts";
import { verifyHead } from "#lib/consumer/verifyHead.ts";
import { walkTrie } from "#lib/consumer/walkTrie.ts";
import type { AllowlistEntry, HeadClaims } from "#lib/core/allowlist/wire.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, type Row } from "#lib/db/rows.ts";
import type { TestContext } from "./openTestContext.ts";

/** An audience's newest list as its authorization server sees it: the head verified, entries read through the trie. */
export async function verifiedList(
  ctx: TestContext,
  audienceId: string,
): Promise<{
  row: Row<"head">;
  claims: HeadClaims;
  entryOf(clientId: string): Promise<AllowlistEntry | null>;
}> {
  const row = await latestHead(ctx.db, audienceId);
  const audience = await find(ctx.db, "audience", { id: audienceId });
  if (!row || !audience) throw new Error("There is no head.");
  const { claims } = await verifyHead(row.jws, {
    iss: ctx.config.baseUrl,
    sub: `${ctx.config.baseUrl}/v1/lists/${audience.slug}/head`,
    algs: ["ES256"],
    keyFor: async (kid) => {
      const key = await find(ctx.db, "signingKey", { kid });
      if (!key) return null;
      const curve = { name: "ECDSA", namedCurve: "P-256" };
      return crypto.subtle.importKey("jwk", key.publicJwk as JsonWebKey, curve, true, ["verify"]);
    },
    remembered: null,
    now: Math.floor(ctx.clock() / 1_000),
  });
  return {
    row,
    claims,
    entryOf: (clientId) =>
      walkTrie(claims.root, clientId, async (sha) => {
        const object = await find(ctx.db, "allowlistObject", { sha });
        return parseObject(sha, new TextEncoder().encode(object?.body ?? ""));
      }),
  };
}
