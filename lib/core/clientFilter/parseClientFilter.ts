import { lifecycles, riskTiers, syncs } from "#lib/core/client.ts";
import { profiles } from "#lib/core/profile.ts";
import type { ClientFilter, FilterFault } from "./ClientFilter.ts";
import { emptyFilter, redirectWords } from "./ClientFilter.ts";
import { splitWords } from "./splitWords.ts";

/** Kinds whose values are a closed list, and kinds whose values are anything. */
const closed: Record<string, readonly string[]> = {
  lifecycle: [...lifecycles, "expired"],
  sync: syncs,
  risk: riskTiers,
  profile: profiles,
  redirect: redirectWords,
};
const open = ["owner", "host", "domain"];

export const filterKinds: readonly string[] = [...Object.keys(closed), ...open, "expires"];

const maxLength = 1_000;

/**
 * Reads the filter language of the client list. Never throws: a word it cannot use is left out and reported, the
 * others still count. A word without a colon, or a URL, is text to look for.
 */
export function parseClientFilter(line: string): {
  filter: ClientFilter;
  faults: readonly FilterFault[];
} {
  const found: Record<string, string[]> = {};
  const faults: FilterFault[] = [];
  let expiresWithinDays: number | undefined;
  const keep = (kind: string, value: string) => {
    const values = (found[kind] ??= []);
    if (!values.includes(value)) values.push(value);
  };

  for (const word of splitWords(line.slice(0, maxLength))) {
    const colon = word.indexOf(":");
    const kind = word.slice(0, colon).toLowerCase();
    const value = word.slice(colon + 1).trim();
    if (colon < 1 || value.startsWith("//")) keep("text", word.toLowerCase());
    else if (!filterKinds.includes(kind))
      faults.push({
        word,
        sentence: `“${kind}:” is not a filter. There are: ${filterKinds.join(", ")}.`,
      });
    else if (value === "")
      faults.push({ word, sentence: `Say what ${kind} should be, e.g. ${example(kind)}.` });
    else if (kind === "expires") {
      const days = /^<?(\d{1,4})d?$/.exec(value)?.[1];
      if (days === undefined)
        faults.push({ word, sentence: "Write the days within which the approval ends, e.g. expires:30d." });
      else expiresWithinDays = Number(days);
    } else
      for (const part of value.split(",").map((each) => each.trim())) {
        if (part === "") continue;
        const normal = kind === "owner" ? part : part.toLowerCase().replaceAll("-", closed[kind] ? "_" : "-");
        if (closed[kind] && !closed[kind].includes(normal))
          faults.push({
            word,
            sentence: `“${part}” is not a ${kind}. There are: ${closed[kind].join(", ")}.`,
          });
        else keep(kind, normal);
      }
  }
  return { filter: { ...emptyFilter, ...found, expiresWithinDays }, faults };
}

function example(kind: string): string {
  if (kind === "owner") return 'owner:"AI Platform" or owner:none';
  if (kind === "host" || kind === "domain") return `${kind}:claude.ai`;
  return kind === "expires" ? "expires:30d" : `${kind}:${closed[kind]?.[0] ?? ""}`;
}
