import type { EffectiveMetadata } from "./EffectiveMetadata.ts";

/** Something the parser noticed that JSON.parse would hide or refuse. Checks turn these into results. */
export interface ParseFault {
  readonly kind:
    | "not_utf8"
    | "bom"
    | "not_json"
    | "not_object"
    | "duplicate_member"
    | "too_deep"
    | "too_many"
    | "lone_surrogate"
    | "non_finite";
  readonly message: string;
  /** JSON Pointer of the place, "" for the whole. */
  readonly path: string;
}

/** Three digests of one document, lower-case hex SHA-256. */
export interface DocumentDigests {
  /** Of the exact bytes. */
  readonly raw: string;
  /** Of the RFC 8785 form of the parsed object. */
  readonly canonical: string;
  /** Of the RFC 8785 form of the effective metadata, set-like arrays sorted. */
  readonly semantic: string;
}

/** A document read once: never throws, faults are data. `members` is absent when the body is not a JSON object. */
export interface ParsedDocument {
  readonly text: string;
  readonly bytes: number;
  readonly faults: readonly ParseFault[];
  readonly members?: Readonly<Record<string, unknown>>;
  readonly effective?: EffectiveMetadata;
  readonly digests?: DocumentDigests;
}
