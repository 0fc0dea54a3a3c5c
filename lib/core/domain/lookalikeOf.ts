import { type Brand, brands } from "./brands.ts";
import { fromPunycode } from "./fromPunycode.ts";
import type { OwningDomain } from "./owningDomain.ts";
import { skeleton } from "./skeleton.ts";

/** A well-known name that a host or a client_name borrows. */
export interface Lookalike {
  readonly brand: Brand;
  /** How, as the end of a sentence. */
  readonly how: string;
}

const outlines = brands.map((brand) => ({ brand, outline: skeleton(brand.word) }));

/** The well-known name a host looks like without belonging to it; undefined when there is none. */
export function hostLookalike(owner: OwningDomain): Lookalike | undefined {
  // The suffix is the platform's own name (github.io), not the tenant's.
  const own = owner.host.slice(0, -(owner.publicSuffix?.length ?? 0) || undefined);
  const names = own.split(".").flatMap((label) => fromPunycode(label).split("-"));
  for (const name of names) {
    const seen = name.length < 5 && /^[a-z0-9]*$/.test(name) ? name : skeleton(name);
    for (const { brand, outline } of outlines) {
      const how = resemblance(name, seen, brand.word, outline);
      if (how !== undefined && !belongsTo(owner, brand)) return { brand, how };
    }
  }
  return undefined;
}

function resemblance(name: string, seen: string, word: string, outline: string): string | undefined {
  if (name === word) return `contains "${name}"`;
  if ((name.length >= 5 || seen !== name) && seen === outline) return `"${name}" reads like "${word}"`;
  if (name.length >= 6 && word.length >= 6 && name[0] === word[0] && oneEdit(name, word))
    return `"${name}" is one letter away from "${word}"`;
  return undefined;
}

/** The well-known name a client_name uses although its host does not belong to it. */
export function nameLookalike(clientName: string, owner: OwningDomain | undefined): Lookalike | undefined {
  // In most typefaces a capital I is a small l.
  const readings = [...new Set([clientName, clientName.replaceAll("I", "l")])].map(
    (reading) => ` ${skeleton(reading).replace(/[^\p{L}\p{N}]+/gu, " ")} `,
  );
  for (const { brand, outline } of outlines) {
    if (readings.some((words) => words.includes(` ${outline} `)) && !(owner && belongsTo(owner, brand))) {
      return { brand, how: `uses the name "${brand.word}"` };
    }
  }
  return undefined;
}

function belongsTo({ host, registrableDomain }: OwningDomain, { domains }: Brand): boolean {
  return domains.some((domain) => domain === registrableDomain || domain === host);
}

/** Whether one insertion, deletion, replacement or swap of neighbours turns one word into the other. */
export function oneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
