import type { AllowlistEntry, HeadDeny, NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Limit } from "./limits.ts";

export interface ListedClient {
  readonly clientId: string;
  readonly entry: AllowlistEntry;
}

/** A release as an adapter gets it: only what counts now, by the decision every consumer makes. */
export interface ExportedList {
  /** Short name of the authorization server. */
  readonly list: string;
  readonly rev: number;
  readonly seq: number;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** Allowed now, by client_id; keys that the head denies are taken out. */
  readonly entries: readonly ListedClient[];
  readonly denies: readonly HeadDeny[];
  /** Hosts that the release itself refuses, whole or one of their clients. */
  readonly deniedHosts: ReadonlySet<string>;
  /** client_ids that the release names and refuses. */
  readonly deniedClientIds: readonly string[];
  /** Namespaces that count now; those that deny are among them. */
  readonly namespaces: readonly NamespaceEntry[];
  /** Hosts with a client that the inventory refuses, whether or not a release ever named it. Never told in an export. */
  readonly refusedHosts: ReadonlySet<string>;
  /** Clients that the inventory knows at a host, whatever became of them. */
  readonly knownAt: ReadonlyMap<string, number>;
}

export interface LeftOut {
  /** The client, or the pattern of the namespace. */
  readonly clientId: string;
  /** A sentence. */
  readonly why: string;
}

/** A host that a product admits whole. */
export interface AdmittedHost {
  readonly host: string;
  readonly clientIds: readonly string[];
  /** Whether the inventory knows other clients there, which are admitted with them. */
  readonly others: boolean;
}

export interface Rendering {
  readonly contentType: string;
  readonly body: string;
  /** Approved, but not in the export: it would have admitted more than that. */
  readonly refused: readonly LeftOut[];
}

/** How a product is told who may come in. A pure function of a release; one file each. */
export interface Adapter {
  /** As in the URL. */
  readonly name: string;
  /** As people call the product. */
  readonly title: string;
  /** Raised whenever the same release is written differently. */
  readonly version: number;
  /**
   * What the product tells apart: `entry` everything an entry says, `url` client_ids, `host` whole hosts. What is told
   * by host is wider than any approval, so the caller has to accept it.
   */
  readonly grain: "entry" | "url" | "host";
  readonly cannotExpress: readonly Limit[];
  readonly render: (list: ExportedList) => Rendering;
}
