import { memoryAdapter } from "better-auth/adapters/memory";

const tables = [
  "account",
  "jwks",
  "oauthAccessToken",
  "oauthClient",
  "oauthClientAssertion",
  "oauthClientResource",
  "oauthConsent",
  "oauthRefreshToken",
  "oauthResource",
  "rateLimit",
  "session",
  "user",
  "verification",
];

/** A database that forgets when the process ends. For trying out: Better Auth's `database` takes a real one. */
export function memoryDatabase(): object {
  return memoryAdapter(Object.fromEntries(tables.map((table) => [table, []])));
}
