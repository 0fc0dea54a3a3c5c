import type { ParsedDocument } from "./ParsedDocument.ts";
import type { ParsedKeySet } from "./ParsedKeySet.ts";
import type { EffectiveMetadata } from "./EffectiveMetadata.ts";

/** What of a document may be stored and shown: private key members in an inline `jwks` are taken out first. */
export function redactDocument(
  document: ParsedDocument & { effective: EffectiveMetadata },
  keySet: ParsedKeySet | undefined,
): { text: string; metadata: EffectiveMetadata } {
  const leaks = keySet?.source === "inline" && keySet.keys?.some((key) => key.privateMembers.length > 0);
  if (!leaks) return { text: document.text, metadata: document.effective };
  const jwks = { keys: keySet.keys?.map((key) => key.publicJwk) ?? [] };
  return {
    text: JSON.stringify({ ...document.members, jwks }, null, 2),
    metadata: { ...document.effective, jwks },
  };
}
