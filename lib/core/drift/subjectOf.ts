import { documentPrivateMaterial } from "#lib/core/check/rules/document.private-material.ts";
import { factsOf } from "#lib/core/check/factsOf.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";
import { applyDefaults } from "#lib/core/document/applyDefaults.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { redactDocument } from "#lib/core/document/redactDocument.ts";
import { clientOwner } from "#lib/core/redirect/classifyRedirect.ts";
import { quoted } from "./words.ts";
import type { DriftFacts } from "./DriftFacts.ts";
import type { DriftSide, DriftSubject, Leak } from "./DriftSubject.ts";
import { keyDrift, keyLabel } from "./keyDrift.ts";
import { type PlacedKey, placedKeys } from "./placedKeys.ts";
import { redirectDrift } from "./redirectDrift.ts";

export interface Compared {
  /** The client_id that is registered. */
  readonly clientId: string;
  readonly before: ParsedDocument;
  readonly after: ParsedDocument;
  /** What `jwks_uri` answered; an inline `jwks` is found without. */
  readonly keysBefore?: ParsedKeySet;
  readonly keysAfter?: ParsedKeySet;
  readonly facts?: DriftFacts;
}

export function subjectOf({
  clientId,
  before,
  after,
  keysBefore,
  keysAfter,
  facts = {},
}: Compared): DriftSubject {
  const sides = { before: sideOf(before, keysBefore), after: sideOf(after, keysAfter) };
  const owner = clientOwner(clientId);
  return {
    clientId,
    owner,
    ...sides,
    redirects: redirectDrift(
      sides.before.metadata.redirect_uris,
      sides.after.metadata.redirect_uris,
      clientId,
      owner,
      facts.approvedDomains ?? [],
    ),
    keys: sides.before.keys && sides.after.keys && keyDrift(sides.before.keys, sides.after.keys, facts),
    facts,
  };
}

function sideOf(document: ParsedDocument, keySet: ParsedKeySet | undefined): DriftSide {
  const members = document.members ?? {};
  const effective = document.effective ?? applyDefaults(members);
  const keys = placedKeys(document, keySet);
  return {
    document,
    members,
    metadata: redactDocument({ ...document, effective, members }).metadata,
    keys,
    keySetFault: faultOf(keySet ?? inlineSet(members)),
    leaks: leaksOf(document, keys ?? []),
  };
}

function inlineSet({ jwks }: Readonly<Record<string, unknown>>): ParsedKeySet | undefined {
  return jwks === undefined || jwks === null ? undefined : parseKeySet(jwks, "inline");
}

function faultOf(keySet: ParsedKeySet | undefined): string | undefined {
  if (keySet === undefined || keySet.keys !== undefined) return undefined;
  return keySet.faults[0]?.message ?? "It has no list of keys.";
}

function leaksOf(document: ParsedDocument, keys: readonly PlacedKey[]): Leak[] {
  const facts = factsOf({ clientId: "", profile: "ietf", document });
  return [
    ...keys
      .filter(({ privateMembers }) => privateMembers.length > 0)
      .map((key) => ({
        path: key.path,
        message: `The private half of the key ${quoted(keyLabel(key))} is published (${key.privateMembers.join(", ")}).`,
      })),
    // The inline key set is told above, key by key.
    ...documentPrivateMaterial
      .run({ ...facts, keySetPath: "/jwks" })
      .map(({ path, message }) => ({ path, message })),
  ];
}
