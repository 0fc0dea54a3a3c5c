import type { Instant } from "#lib/core/Instant.ts";
import { sha256Base64Url } from "#lib/core/sha256.ts";
import { base64UrlToHex } from "./base64url.ts";

export interface CertificateFacts {
  readonly notAfter: Instant;
  /** RFC 7517 §4.9: base64url SHA-256 of the certificate. */
  readonly thumbprint: string;
  /** Whether it certifies this public key; undefined for key types that are not known here. */
  matches(jwk: Readonly<Record<string, unknown>>): boolean | undefined;
}

/** What a certificate of `x5c` (base64 DER, RFC 5280 §4.1) says about its key. Undefined when it cannot be read. */
export function certificateFacts(base64: string): CertificateFacts | undefined {
  const url = base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const hex = base64UrlToHex(url);
  if (hex === undefined) return undefined;
  const der = Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
  const [certificate] = elements(der);
  const [tbs] = elements(certificate?.content);
  const fields = elements(tbs?.content);
  // The version is there only when it is not 1.
  const [, , , validity, , spki] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  const ending = elements(validity?.content)[1];
  const notAfter = ending && timeOf(ending);
  const bits = elements(spki?.content)[1];
  if (notAfter === undefined || bits?.tag !== 0x03) return undefined;
  const key = bits.content.subarray(1);
  return { notAfter, thumbprint: sha256Base64Url(der), matches: (jwk) => isKey(key, jwk) };
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The DER elements that follow one another in `bytes`; stops at the first that does not fit. */
function elements(bytes: Uint8Array = new Uint8Array()): Element[] {
  const found: Element[] = [];
  for (let at = 0; at + 1 < bytes.length;) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0;
    at += 2;
    if (length > 0x80) {
      const octets = length - 0x80;
      if (octets > 3) return found;
      length = 0;
      for (const end = at + octets; at < end; at += 1) length = length * 256 + (bytes[at] ?? 0);
    }
    if (length === 0x80 || at + length > bytes.length) return found;
    found.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
}

// RFC 5280 §4.1.2.5: UTCTime until 2049 (two-digit year), GeneralizedTime after.
function timeOf({ tag, content }: Element): Instant | undefined {
  const text = String.fromCharCode(...content);
  const short = tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? "20" : "19") : "";
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(short + text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

function isKey(key: Uint8Array, jwk: Readonly<Record<string, unknown>>): boolean | undefined {
  const member = (name: string) => base64UrlToHex(jwk[name])?.replace(/^(?:00)+/, "");
  if (jwk["kty"] === "EC") return hexOf(key) === `04${base64UrlToHex(jwk["x"])}${base64UrlToHex(jwk["y"])}`;
  if (jwk["kty"] === "OKP") return hexOf(key) === base64UrlToHex(jwk["x"]);
  if (jwk["kty"] !== "RSA") return undefined;
  const [n, e] = elements(elements(key)[0]?.content).map(({ content }) =>
    hexOf(content).replace(/^(?:00)+/, ""),
  );
  return n !== undefined && n === member("n") && e === member("e");
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, "0")).join("");
}
