import type { Sync } from "../client.ts";
import type { Instant } from "../Instant.ts";

/** A snapshot digest and when it was first seen after another one. */
export interface RecentDigest {
  readonly digest: string;
  readonly at: Instant;
}

/** Ways in which a document cannot be read. */
export type OutageKind = Extract<Sync, "challenged" | "unreachable" | "gone">;
