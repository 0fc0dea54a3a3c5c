import type { Context } from "#lib/context.ts";
import { logState } from "#lib/views/log/logState.ts";
import type { Board } from "./Board.ts";

/** What `/.well-known/cimd-allowlist` says: a convenience, never a trust input. Private lists are not named. */
export async function discovery(ctx: Context, board: Board): Promise<Record<string, unknown>> {
  const { baseUrl } = ctx.config;
  // The rest is in memory and stays when the database does not answer.
  const log = await logState(ctx.db).catch(() => null);
  return {
    issuer: baseUrl,
    jwks_uri: `${baseUrl}/.well-known/jwks.json`,
    keys_endpoint: `${baseUrl}/v1/keys`,
    status_endpoint: `${baseUrl}/v1/consumers/{id}/status`,
    lists: board.lists
      .filter(({ audience }) => !audience.isPrivate)
      .map(({ audience }) => ({ name: audience.slug, head: `${baseUrl}/v1/lists/${audience.slug}/head` })),
    ...(log ? { log: { url: `${baseUrl}/v1/log`, origin: log.origin, verifier_key: log.verifierKey } } : {}),
    signing_alg_values_supported: ["ES256"],
  };
}
