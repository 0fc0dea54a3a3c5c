import type { Sync } from "../client.ts";
import type { Instant } from "../Instant.ts";

/** A snapshot digest and when it last became the live one. */
export interface RecentDigest {
  readonly digest: string;
  readonly at: Instant;
}

/** Ways in which a document cannot be read. */
export type OutageKind = Extract<Sync, "challenged" | "unreachable" | "gone">;
