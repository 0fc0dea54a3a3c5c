import { describe, expect, test } from "vitest";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { compareDocuments } from "../compareDocuments.ts";
import type { DriftRule } from "../Drift.ts";
import type { DriftFacts } from "../DriftFacts.ts";
import { type Compared, subjectOf } from "../subjectOf.ts";

type Body = Readonly<Record<string, unknown>> | string;

export interface DriftCase {
  /** What is special about it; the default is the two sides. */
  readonly it?: string;
  readonly clientId?: string;
  /** Members laid over a sound document (undefined takes one away), or a body as text. */
  readonly from?: Body;
  readonly to?: Body;
  /** Keys of the fetched sets. */
  readonly keys?: readonly [readonly unknown[] | undefined, readonly unknown[] | undefined];
  readonly facts?: DriftFacts;
  /** Severities expected in order, joined by blanks; "" for silence. */
  readonly is: string;
  /** What the first message must contain. */
  readonly says?: string;
  readonly path?: string;
  readonly effect?: string;
}

export const registered = "https://app.acme.com/oauth/client.json";
const jwksUri = "https://app.acme.com/oauth/jwks.json";

export const approvedDocument = {
  client_id: registered,
  client_name: "Acme Assistant",
  redirect_uris: ["https://app.acme.com/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
  scope: "tickets.read",
};

/** The same document with a key set of its own. */
export const withKeys = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: jwksUri };

/** A key whose thumbprint follows from its name. */
export function key(name: string, members: object = {}) {
  return { kty: "EC", crv: "P-256", x: name, y: name, kid: name, ...members };
}

/** The table of one rule. Whatever the rule says must also be in the whole comparison. */
export function driftTable(rule: DriftRule, cases: readonly DriftCase[]): void {
  describe(rule.id, () => {
    for (const each of cases) {
      const { it, from = {}, to = {}, keys, is, says, path, effect } = each;
      test(`${it ?? JSON.stringify({ from, to, keys })} → ${is || "nothing"}`, () => {
        const compared = comparedOf(each);
        const problems = rule.run(subjectOf(compared));
        expect(problems.map(({ severity }) => severity ?? rule.severity).join(" ")).toBe(is);
        if (says !== undefined) expect(problems[0]?.message).toContain(says);
        if (path !== undefined) expect(problems[0]?.path).toBe(path);
        if (effect !== undefined) expect(problems[0]?.effect ?? rule.effect).toBe(effect);
        for (const { message } of problems) expect(message).toMatch(/^[A-Za-z].*[.!?]$/);
        if (rule.id !== "drift.formatting-only") {
          const told = compareDocuments(compared).filter((change) => change.rule === rule.id);
          expect(told.map(({ message }) => message)).toEqual(
            expect.arrayContaining(problems.map(({ message }) => message)),
          );
        }
      });
    }
  });
}

export function comparedOf({ clientId = registered, from = {}, to = {}, keys, facts }: DriftCase): Compared {
  const setOf = (list: readonly unknown[] | undefined) =>
    list === undefined ? undefined : parseKeySet({ keys: list }, jwksUri);
  return {
    clientId,
    before: parseDocument(bodyOf(from)),
    after: parseDocument(bodyOf(to)),
    keysBefore: setOf(keys?.[0]),
    keysAfter: setOf(keys?.[1]),
    facts,
  };
}

function bodyOf(members: Body): string {
  return typeof members === "string" ? members : JSON.stringify({ ...approvedDocument, ...members });
}
