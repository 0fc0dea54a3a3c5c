import { privateMembers } from "#lib/core/keySet/parseKeySet.ts";
import type { EffectiveMetadata } from "./EffectiveMetadata.ts";
import { isObject } from "./isObject.ts";
import type { ParsedDocument } from "./ParsedDocument.ts";

const pem =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----|$)/g;

/**
 * What of a document may be stored and shown: private parts of keys are taken out first, wherever they stand. A
 * document without any is passed on as it came, byte for byte.
 */
export function redactDocument(document: ParsedDocument & { effective: EffectiveMetadata }): {
  text: string;
  metadata: EffectiveMetadata;
} {
  const members = redact(document.members);
  if (members === document.members) return { text: document.text, metadata: document.effective };
  return { text: JSON.stringify(members, null, 2), metadata: redact(document.effective) };
}

/** The same value when nothing in it is private. */
function redact<T>(value: T): T {
  if (typeof value === "string") return value.replace(pem, "(private key removed)") as T;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redact(item));
    return (items.some((item, index) => item !== value[index]) ? items : value) as T;
  }
  if (!isObject(value)) return value;
  const isKey = typeof value["kty"] === "string";
  const kept = Object.entries(value).filter(([name]) => !isKey || !privateMembers.includes(name));
  const members = Object.fromEntries(kept.map(([name, item]) => [name, redact(item)]));
  const same =
    kept.length === Object.keys(value).length && kept.every(([name, item]) => members[name] === item);
  return (same ? value : members) as T;
}
