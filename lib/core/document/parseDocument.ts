import { documentDigests } from "./documentDigests.ts";
import { applyDefaults } from "./applyDefaults.ts";
import { isObject } from "./isObject.ts";
import type { DocumentDigests, ParsedDocument, ParseFault } from "./ParsedDocument.ts";
import { parseJson } from "./parseJson.ts";
import { readUtf8 } from "./readUtf8.ts";

/**
 * Reads the body of a document once. Never throws: whatever is wrong is in `faults`.
 * `digests` are there only when the document means one thing to everybody (no fault but a byte order mark).
 */
export function parseDocument(body: Uint8Array | string): ParsedDocument {
  const read = readUtf8(body);
  const json = read.fault === "not_utf8" ? { faults: [] } : parseJson(read.text);
  return documentOf({
    value: json.value,
    faults: [...faultsOf(read), ...json.faults],
    text: read.text,
    bytes: read.bytes,
    raw: body,
  });
}

/** A value that `parseJson` has already read, e.g. as part of a larger text, and where it came from. */
export interface ReadValue {
  readonly value: unknown;
  readonly faults: readonly ParseFault[];
  readonly text: string;
  readonly bytes: number;
  /** What the raw digest is of, where it is not `text`. */
  readonly raw?: Uint8Array | string;
}

/** As `parseDocument`, for what has been read already. */
export function documentOf({ value, faults, text, bytes, raw = text }: ReadValue): ParsedDocument {
  const unread = faults.some(({ kind }) => kind === "not_json" || kind === "not_utf8" || kind === "too_deep");
  if (!isObject(value)) {
    const fault: ParseFault = {
      kind: "not_object",
      message: `The body is ${kindOf(value)}, not a JSON object.`,
      path: "",
    };
    return { text, bytes, faults: unread ? faults : [...faults, fault] };
  }
  const effective = applyDefaults(value);
  const ambiguous = faults.some(({ kind }) => kind !== "bom");
  let digests: DocumentDigests | undefined;
  return {
    text,
    bytes,
    faults,
    members: value,
    effective,
    // Three hashes cost more than everything else here together, and most callers want none of them.
    get digests() {
      return ambiguous ? undefined : (digests ??= documentDigests(raw, value, effective));
    },
  };
}

function faultsOf({ fault }: ReturnType<typeof readUtf8>): ParseFault[] {
  if (fault === "not_utf8")
    return [{ kind: fault, message: "The body is not valid UTF-8. Save it as UTF-8.", path: "" }];
  if (fault === "bom")
    return [
      { kind: fault, message: "The body begins with a byte order mark. Save it without one.", path: "" },
    ];
  return [];
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return `a ${typeof value}`;
}
