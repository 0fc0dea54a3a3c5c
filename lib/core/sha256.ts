import { hash } from "node:crypto";

/** Lower-case hex SHA-256 of UTF-8 text or bytes. The one piece of node:crypto that core uses: it is a pure function. */
export function sha256Hex(input: string | Uint8Array): string {
  return hash("sha256", input, "hex");
}

/** Unpadded base64url SHA-256 of UTF-8 text or bytes, as RFC 7638 and the allowlist's `doc_sha256` write it. */
export function sha256Base64Url(input: string | Uint8Array): string {
  return hash("sha256", input, "base64url");
}

/** The 32 bytes of SHA-256 of bytes. */
export function sha256Bytes(input: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = hash("sha256", input, "buffer");
  return new Uint8Array(buffer, byteOffset, byteLength);
}
