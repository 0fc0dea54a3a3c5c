import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { isOpen, standingOf, type NamespaceStanding } from "#lib/core/namespace/standing.ts";
import type { Read } from "#lib/db/Database.ts";
import { childrenByNamespace } from "#lib/db/queries/namespaceChildren.ts";
import { findAll } from "#lib/db/rows.ts";

export interface NamespaceLine {
  readonly number: number;
  readonly pattern: string;
  readonly name: string;
  readonly standing: NamespaceStanding;
  /** Something about it waits for votes. */
  readonly waits: boolean;
  readonly children: number;
  readonly mostChildren: number;
  readonly validUntil: Instant | null;
  /** Names of the resources its clients may reach. */
  readonly reaches: readonly string[];
}

/** Every namespace: what waits for somebody first, then by pattern; what is out of use last. */
export async function namespaceList(db: Read, now: Instant): Promise<NamespaceLine[]> {
  const [namespaces, children, resources] = await Promise.all([
    findAll(db, "namespace"),
    childrenByNamespace(db),
    findAll(db, "resource"),
  ]);
  const names = new Map(resources.map(({ uri, name }) => [uri, name]));
  const lines = namespaces.map((namespace) => ({
    number: namespace.number,
    pattern: namespace.pattern,
    name: visibleText(namespace.name, 120),
    standing: standingOf(namespace, now),
    waits: isOpen(namespace),
    children: children.get(namespace.id) ?? 0,
    mostChildren: namespace.constraints.mostChildren,
    validUntil: namespace.state === "approved" ? namespace.validUntil : null,
    reaches: namespace.constraints.grants.map(({ resource }) => names.get(resource) ?? resource),
  }));
  const rank = ({ waits, standing }: NamespaceLine) =>
    waits ? 0 : ["denied", "withdrawn", "retired"].includes(standing) ? 2 : 1;
  return lines.toSorted((a, b) => rank(a) - rank(b) || (a.pattern < b.pattern ? -1 : 1));
}
