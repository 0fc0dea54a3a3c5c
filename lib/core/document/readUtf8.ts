export interface ReadText {
  /** Without the byte order mark. When it is not UTF-8, the nearest reading, for people only. */
  readonly text: string;
  readonly bytes: number;
  readonly fault?: "not_utf8" | "bom";
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const ascii = /^[\x00-\x7f]*$/;
const encoder = new TextEncoder();

/** Text of a body: RFC 8259 §8.1 wants UTF-8 without a byte order mark. Never throws. */
export function readUtf8(body: Uint8Array | string): ReadText {
  if (typeof body === "string") return withoutBom(body, utf8Length(body));
  try {
    return withoutBom(strict.decode(body), body.byteLength);
  } catch {
    return { text: lenient.decode(body), bytes: body.byteLength, fault: "not_utf8" };
  }
}

function withoutBom(text: string, bytes: number): ReadText {
  return text.startsWith("\ufeff") ? { text: text.slice(1), bytes, fault: "bom" } : { text, bytes };
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return ascii.test(text) ? text.length : encoder.encode(text).byteLength;
}
