import type { Instant } from "#lib/core/Instant.ts";

/** A document or key that a server met and that two looks of ours did not show. */
export interface SightSubject {
  readonly kind: "document" | "key";
  /** As the server says it: base64url SHA-256 of the document's bytes, or thumbprint of the key. */
  readonly digest: string;
  /** Of what was read here then, hex. */
  readonly readDigest: string | null;
  /** Name of the server, and which of its instances. */
  readonly server: string;
  readonly instance: string;
  readonly firstAt: Instant;
  /** Since when the document is read here; null: never. */
  readonly readSince: Instant | null;
}
