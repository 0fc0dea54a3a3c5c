import { pointerStep } from "#lib/core/document/parseJson.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { CheckSeverity, Problem } from "./Check.ts";
import type { CheckFacts } from "./factsOf.ts";

/** A URI of the document that people follow or see, in any language (RFC 7591 §2.2). */
export interface Link {
  /** As the document spells it, e.g. `policy_uri#de`. */
  readonly name: string;
  readonly value: string;
  /** Name and value, safe to print. */
  readonly shown: string;
  /** Absent when the value is not an absolute URI. */
  readonly url?: URL;
}

/** One problem for each of client_uri, logo_uri, tos_uri and policy_uri that `says` has a message for. */
export function eachLink(
  { members = {} }: CheckFacts,
  says: (link: Link) => string | { message: string; severity?: CheckSeverity } | undefined,
): Problem[] {
  return Object.entries(members).flatMap(([name, value]) => {
    if (typeof value !== "string" || !/^(?:client|logo|tos|policy)_uri(?:#|$)/.test(name)) return [];
    const shown = `${visibleText(name, 60)} "${visibleText(value)}"`;
    const said = says({ name, value, shown, url: URL.parse(value) ?? undefined });
    if (said === undefined) return [];
    return [{ ...(typeof said === "string" ? { message: said } : said), path: pointerStep(name) }];
  });
}
