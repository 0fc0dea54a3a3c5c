import { parseNote, parseVerifierKey } from "#lib/core/log/signedNote.ts";

/** The text of a note when this key signed it, else null (C2SP signed-note). */
export async function verifySignedNote(note: string, verifierKey: string): Promise<string | null> {
  const parsed = parseNote(note);
  const verifier = parseVerifierKey(verifierKey);
  if (!parsed || !verifier) return null;
  const line = parsed.signatures.find(
    ({ name, keyId }) => name === verifier.name && keyId === verifier.keyId,
  );
  if (!line) return null;
  const raw = Uint8Array.from(verifier.publicKey);
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, true, ["verify"]);
  const signed = new TextEncoder().encode(parsed.text);
  const good = await crypto.subtle.verify("Ed25519", key, Uint8Array.from(line.signature), signed);
  return good ? parsed.text : null;
}
