import { isObject } from "#lib/core/document/isObject.ts";
import { pointerStep } from "#lib/core/document/parseJson.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { privateMembers } from "#lib/core/keySet/parseKeySet.ts";
import type { Check, Problem } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentPrivateMaterial: Check = {
  id: "document.private-material",
  severity: "error",
  title: "Private key in the document",
  rationale: "Whoever has read the document can sign as the client. The key is lost, whatever happens next.",
  clause: draft("§4.1"),
  example: '"jwk": {"kty":"EC", …, "d":"…"}',
  run({ members = {}, keySetPath }) {
    const problems: Problem[] = [];
    // The inline key set has a check of its own, which names the key.
    search(members, "", keySetPath === "/jwks" ? "/jwks/keys" : undefined, problems);
    return problems;
  },
};

function search(value: unknown, path: string, except: string | undefined, problems: Problem[]): void {
  if (path === except) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => look(item, path, index, except, problems));
  } else if (isObject(value)) {
    const leaked =
      typeof value["kty"] === "string" ? privateMembers.filter((name) => isFilled(value[name])) : [];
    if (leaked.length > 0) {
      const message = `The key at ${visibleText(path)} carries the private members ${leaked.join(", ")}. Remove it and replace the key everywhere.`;
      problems.push({ message, path });
    }
    for (const name of Object.keys(value)) look(value[name], path, name, except, problems);
  }
}

function look(
  item: unknown,
  parent: string,
  step: string | number,
  except: string | undefined,
  problems: Problem[],
): void {
  if (typeof item === "object" && item !== null) search(item, parent + pointerStep(step), except, problems);
  else if (typeof item === "string" && /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/.test(item)) {
    const path = parent + pointerStep(step);
    const message = `A private key is published at ${visibleText(path)}. Remove it and replace the key everywhere.`;
    problems.push({ message, path });
  }
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
