import type { AllowlistEntry } from "./wire.ts";

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";
const isNumber: Test = (value) => typeof value === "number";
const isTexts: Test = (value) => Array.isArray(value) && value.every(isText);
const isRedirect: Test = (value) =>
  isObject(value) && isText(value.uri) && (value.match === "exact" || value.match === "loopback_any_port");
const isGrant: Test = (value) => isObject(value) && isText(value.resource) && isTexts(value.scopes);

const members: readonly (readonly [string, Test])[] = Object.entries({
  token_endpoint_auth_method: isText,
  redirect_uris: (value) => Array.isArray(value) && value.every(isRedirect),
  jkts: isTexts,
  grant_types: isTexts,
  grants: (value) => Array.isArray(value) && value.every(isGrant),
  doc_sha256: isTexts,
  on_doc_mismatch: (value) => value === "use_entry" || value === "deny",
  exp: isNumber,
  max_stale: isNumber,
  reason: isText,
  ref: isText,
  self_approved: (value) => value === true,
});

/** What in an entry this version does not understand, as a sentence; such an entry denies. Undefined: nothing. */
export function unknownValue(entry: AllowlistEntry): string | undefined {
  if (!isObject(entry)) return "The entry is not an object.";
  if (entry.status !== "allow" && entry.status !== "deny") return `Unknown status ${String(entry.status)}.`;
  for (const [name, test] of members)
    if (entry[name] !== undefined && !test(entry[name])) return `Unknown value of ${name} in the entry.`;
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
