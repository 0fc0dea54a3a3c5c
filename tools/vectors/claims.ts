import { createHash } from "node:crypto";

export const issuer = "https://gov.example";
export const headUrl = `${issuer}/v1/lists/prod/head`;
export const now = 1_795_000_000;

/** Writes a file of the vectors and gives its path again. */
export type Put = (path: string, body: string | Uint8Array) => string;

export const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");

/** Claims of a good head. */
export const claimsOf = (root: string, count: number) => ({
  iss: issuer,
  sub: headUrl,
  iat: now - 100,
  exp: now - 100 + 86_400,
  v: 1,
  epoch: 1,
  seq: 482,
  rev: 77,
  ttl: 10,
  root,
  count,
  deny: [] as object[],
});

export type Claims = ReturnType<typeof claimsOf>;
