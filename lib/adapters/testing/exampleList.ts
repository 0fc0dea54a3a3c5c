import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { ExportedList } from "../Adapter.ts";

/** An entry of a client that signs users in by a browser. */
export const exampleEntry: AllowlistEntry = {
  status: "allow",
  redirect_uris: [{ uri: "https://app.acme.com/callback", match: "exact" }],
  token_endpoint_auth_method: "none",
  jkts: [],
  grant_types: ["authorization_code", "refresh_token"],
  grants: [{ resource: "https://mcp.example.com/tickets", scopes: ["tickets.read"] }],
  ref: "req-1",
};

/** A release that allows these clients with the same entry; everything else is as given, or empty. */
export function exampleList(
  clientIds: readonly string[],
  given: Partial<ExportedList> = {},
  entry: AllowlistEntry = exampleEntry,
): ExportedList {
  return {
    list: "prod",
    rev: 7,
    seq: 42,
    issuedAt: Date.UTC(2026, 10, 21, 9),
    expiresAt: Date.UTC(2026, 10, 22, 9),
    entries: clientIds.map((clientId) => ({ clientId, entry })),
    denies: [],
    deniedHosts: new Set(),
    deniedClientIds: [],
    namespaces: [],
    refusedHosts: new Set(),
    knownAt: new Map(),
    ...given,
  };
}
