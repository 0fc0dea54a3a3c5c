import { sha256Bytes } from "../sha256.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";
import { hexOf } from "./hex.ts";

/** A text with signatures (C2SP signed-note). The text ends with a newline and is what was signed. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A public key as verifiers write it: `name+key id+base64(type ‖ key)`. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

const ed25519 = 1;
const maxBytes = 65_536;
const maxSignatures = 100;

/** A name no signature line could be misread by: not empty, without spaces and `+`. */
export function isKeyName(name: string): boolean {
  return name !== "" && !/[\s+\p{C}]/u.test(name);
}

/** First four bytes, in hex, of SHA-256(name ‖ newline ‖ 0x01 ‖ Ed25519 public key). */
export function noteKeyId(name: string, publicKey: Uint8Array): string {
  const named = new TextEncoder().encode(`${name}\n`);
  const input = new Uint8Array(named.length + 1 + publicKey.length);
  input.set(named);
  input[named.length] = ed25519;
  input.set(publicKey, named.length + 1);
  return hexOf(sha256Bytes(input).subarray(0, 4));
}

export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  if (!isKeyName(name)) throw new RangeError("A key's name is not empty and has no spaces and no plus.");
  return `${name}+${noteKeyId(name, publicKey)}+${base64Of(Uint8Array.of(ed25519, ...publicKey))}`;
}

/** Reads a verifier key of Ed25519; undefined when it is none or its id is not that of its name and key. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name = "", keyId = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = bytesOfBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== ed25519) return undefined;
  const publicKey = bytes.slice(1);
  return noteKeyId(name, publicKey) === keyId ? { name, keyId, publicKey } : undefined;
}

export function formatNote({ text, signatures }: SignedNote): string {
  if (!text.endsWith("\n")) throw new RangeError("A note's text ends with a newline.");
  const lines = signatures.map(({ name, keyId, signature }) => {
    const id = keyId.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
    return `— ${name} ${base64Of(Uint8Array.of(...id, ...signature))}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** Reads a note without believing it; undefined when it is not one. */
export function parseNote(note: string): SignedNote | undefined {
  // oxlint-disable-next-line no-control-regex
  if (note.length > maxBytes || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined;
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0 || !note.endsWith("\n")) return undefined;
  const lines = note.slice(gap + 2, -1).split("\n");
  if (lines.length > maxSignatures) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name = "", encoded = ""] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = bytesOfBase64(encoded);
    if (!isKeyName(name) || !bytes || bytes.length < 5) return undefined;
    signatures.push({ name, keyId: hexOf(bytes.subarray(0, 4)), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, gap + 1), signatures };
}
