import { brands } from "#lib/core/domain/brands.ts";
import { hostLookalike, nameLookalike, oneEdit } from "#lib/core/domain/lookalikeOf.ts";
import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import { skeleton } from "#lib/core/domain/skeleton.ts";

/** Somebody with a name of their own, as far as being mistaken for goes. */
export interface Named {
  readonly clientId: string;
  readonly name: string;
  readonly host: string;
  readonly domain: string;
}

export interface Resemblance {
  /** Whom it resembles: the name of an approved client, or of a well-known product. */
  readonly name: string;
  /** The approved client; absent for a well-known product. */
  readonly clientId?: string;
  /** How, as the end of a sentence. */
  readonly how: string;
}

/** Says whom an unknown client may be mistaken for, of the approved clients first; undefined when nobody comes to mind. */
export function resembler(approved: readonly Named[]): (unknown: Named) => Resemblance | undefined {
  const all = approved.map((known) => {
    const own = label(known.domain);
    return {
      known,
      own,
      read: skeleton(own),
      name: known.name === known.host ? undefined : plain(known.name),
    };
  });
  const byName = Map.groupBy(all, ({ name }) => name);
  const byLabel = Map.groupBy(all, ({ read }) => read);
  const byLetter = Map.groupBy(all, ({ own }) => own[0]);
  return (unknown) => {
    const own = label(unknown.domain);
    const other = ({ known }: (typeof all)[number]) => known.domain !== unknown.domain;
    const found = (each: (typeof all)[number] | undefined, how: string) =>
      each && { name: each.known.name, clientId: each.known.clientId, how };
    const isLong = (text: string) => text.length >= 4;
    const namesake = byName.get(plain(unknown.name))?.find(other);
    const reads = isLong(own) ? byLabel.get(skeleton(own))?.find(other) : undefined;
    const near =
      own.length >= 6
        ? byLetter.get(own[0])?.find((each) => other(each) && each.own.length >= 6 && oneEdit(own, each.own))
        : undefined;
    return (
      found(namesake, "has the same name") ??
      (reads?.own === own
        ? found(reads, `has a host of the same name, "${own}", under another suffix`)
        : found(reads, `"${own}" reads like "${reads?.own}"`)) ??
      found(near, `"${own}" is one letter away from "${near?.own}"`) ??
      brandOf(unknown)
    );
  };
}

function brandOf({ host, name }: Named): Resemblance | undefined {
  const owner = owningDomain(host);
  const found = hostLookalike(owner) ?? nameLookalike(name.slice(0, 500), owner);
  return found && { name: found.brand.word, how: found.how };
}

/** The name somebody chose, without the suffix it is registered under. */
function label(domain: string): string {
  return domain.split(".")[0] ?? "";
}

function plain(name: string): string {
  return skeleton(name)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The well-known vendor a domain belongs to; undefined for anybody else's. */
export function vendorOf(domain: string): string | undefined {
  return brands.find(({ domains }) => domains.includes(domain))?.word;
}
