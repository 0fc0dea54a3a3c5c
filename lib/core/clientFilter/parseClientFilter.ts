import { lifecycles, riskTiers, syncs } from "#lib/core/client.ts";
import { profiles } from "#lib/core/profile.ts";
import type { ClientFilter, FilterFault } from "./ClientFilter.ts";
import { emptyFilter, redirectWords } from "./ClientFilter.ts";
import { readFilterWords } from "./readFilterWords.ts";

const closed: Record<string, readonly string[]> = {
  lifecycle: [...lifecycles, "expired"],
  sync: syncs,
  risk: riskTiers,
  profile: profiles,
  redirect: redirectWords,
};
const open = ["owner", "host", "domain", "expires"];

export const filterKinds: readonly string[] = [...Object.keys(closed), ...open];

/** Reads the filter language of the client list. Never throws: a word it cannot use is left out and reported. */
export function parseClientFilter(line: string): {
  filter: ClientFilter;
  faults: readonly FilterFault[];
} {
  const { found, faults } = readFilterWords(line, { closed, open, asTyped: ["owner"], example });
  const { expires = [], ...rest } = found;
  let expiresWithinDays: number | undefined;
  for (const value of expires) {
    const days = /^<?(\d{1,4})d?$/.exec(value)?.[1];
    if (days === undefined)
      faults.push({
        word: `expires:${value}`,
        sentence: "Write the days within which the approval ends, e.g. expires:30d.",
      });
    else expiresWithinDays = Number(days);
  }
  return { filter: { ...emptyFilter, ...rest, expiresWithinDays }, faults };
}

function example(kind: string): string {
  if (kind === "owner") return 'owner:"AI Platform" or owner:none';
  if (kind === "host" || kind === "domain") return `${kind}:claude.ai`;
  return kind === "expires" ? "expires:30d" : `${kind}:${closed[kind]?.[0] ?? ""}`;
}
