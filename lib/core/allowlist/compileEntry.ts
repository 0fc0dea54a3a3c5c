import type { Instant } from "#lib/core/Instant.ts";
import { second } from "#lib/core/Instant.ts";
import { classifyRedirect } from "#lib/core/redirect/classifyRedirect.ts";
import type { Approval, SuspendReason } from "./narrow.ts";
import { narrow } from "./narrow.ts";
import type { AllowlistEntry, RedirectEntry } from "./wire.ts";

export interface EntryInput extends Approval {
  readonly clientId: string;
  readonly lifecycle: "discovered" | "pending" | "approved" | "suspended" | "retired" | "denied" | "blocked";
  /** SHA-256 of the approved documents' exact bytes, lower-case hex or base64url. */
  readonly approvedDocSha256s: readonly string[];
  readonly onDocMismatch?: "use_entry" | "deny";
  /** Absent: the approval has no end of its own. */
  readonly validUntil?: Instant;
  /** Milliseconds, whole seconds: how old a head may be for this entry to be used. */
  readonly maxStale?: number;
  /** The request that approved it. */
  readonly ref?: string;
  readonly selfApproved?: boolean;
  /** Whether it was approved once: until it is again, lists go on refusing it by name. */
  readonly wasApproved?: boolean;
  /** Why the live document itself forbids to let the client in (`unsafeSentence`). */
  readonly unsafe?: string;
  readonly now: Instant;
}

export type DenyReason = "suspended" | "blocked" | "retired" | "expired" | SuspendReason;

/**
 * What a client's state means for a list. `entry` null: it is not listed at all. `reason`: it is listed as a
 * deny. `suspend`: it is approved, but nothing usable is left of the approval; the caller suspends it, and the
 * deny entry may already be published.
 */
export type CompiledEntry =
  | { entry: null; reason?: undefined; suspend?: undefined; sentence?: undefined }
  | { entry: AllowlistEntry; reason?: DenyReason; suspend?: undefined; sentence?: undefined }
  | { entry: AllowlistEntry; reason: SuspendReason; suspend: SuspendReason; sentence: string };

const sentences: Record<Exclude<SuspendReason, "unsafe_document">, string> = {
  no_redirect_left: "No approved redirect URI is left in the live document.",
  no_key_left: "No approved key is left in the live key set, and the client authenticates with a key.",
  method_gone: "The live document no longer offers the approved token_endpoint_auth_method.",
  no_grant_type_left: "No approved grant type is left in the live document.",
  no_scope_left: "No approved scope is left in the live document.",
};

/** Compiles one client into its allowlist entry: effective = approved ∩ live (docs/allowlist.md §3). */
export function compileEntry(input: EntryInput): CompiledEntry {
  switch (input.lifecycle) {
    case "discovered":
    case "pending":
    case "denied":
      // A retired client that somebody asks for again is still refused until people have agreed.
      return input.wasApproved ? denied("retired", input.ref) : { entry: null };
    case "suspended":
    case "blocked":
    case "retired":
      return denied(input.lifecycle, input.ref);
    case "approved":
      break;
  }
  if (input.validUntil !== undefined && input.validUntil <= input.now) return denied("expired", input.ref);

  if (input.unsafe) return emptied("unsafe_document", input.unsafe, input.ref);
  const narrowed = narrow(input);
  if (typeof narrowed === "string") return emptied(narrowed, sentences[narrowed], input.ref);

  const docs = input.approvedDocSha256s.map(asBase64Url).sort();
  return {
    entry: {
      status: "allow",
      redirect_uris: narrowed.redirectUris.map((uri) => redirectEntry(uri, input.clientId)),
      token_endpoint_auth_method: narrowed.method,
      jkts: [...narrowed.jkts],
      grant_types: [...narrowed.grantTypes],
      grants: [...narrowed.grants],
      ...(docs.length > 0
        ? { doc_sha256: docs, on_doc_mismatch: input.onDocMismatch ?? ("use_entry" as const) }
        : {}),
      ...(input.validUntil === undefined ? {} : { exp: Math.floor(input.validUntil / second) }),
      ...(input.maxStale === undefined ? {} : { max_stale: wholeSeconds(input.maxStale) }),
      ...(input.ref ? { ref: input.ref } : {}),
      ...(input.selfApproved ? { self_approved: true as const } : {}),
    },
  };
}

function redirectEntry(uri: string, clientId: string): RedirectEntry {
  return { uri, match: classifyRedirect(uri, clientId).match };
}

function emptied(reason: SuspendReason, sentence: string, ref: string | undefined): CompiledEntry {
  return { entry: denyEntry(reason, ref), reason, suspend: reason, sentence };
}

function denied(reason: DenyReason, ref: string | undefined): CompiledEntry {
  return { entry: denyEntry(reason, ref), reason };
}

function denyEntry(reason: DenyReason, ref: string | undefined): AllowlistEntry {
  return { status: "deny", reason, ...(ref ? { ref } : {}) };
}

function wholeSeconds(milliseconds: number): number {
  const seconds = milliseconds / second;
  if (!Number.isSafeInteger(seconds) || seconds < 1)
    throw new RangeError("maxStale is given in milliseconds and is a whole number of seconds.");
  return seconds;
}

function asBase64Url(digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) return digest;
  const bytes = digest.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
