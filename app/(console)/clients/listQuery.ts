import { clientSorts, type ClientOrder, type ClientSort } from "#lib/views/clients/listClients.ts";

export const pageSize = 100;

export interface ListQuery {
  readonly q: string;
  readonly order: ClientOrder;
  readonly page: number;
}

export type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What the address says about the list; anything unusable is the default. */
export function readListQuery(params: Params): ListQuery {
  const one = (name: string) => [params[name]].flat()[0] ?? "";
  const sort = one("sort");
  const by = clientSorts.find((each) => each === sort.replace(/^-/, "")) ?? "name";
  const page = Number.parseInt(one("page"), 10);
  return {
    q: one("q").slice(0, 1_000),
    order: { by, descending: sort.startsWith("-") },
    page: page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The address of the list with these changes; a new filter or order begins at the first page. */
export function listHref(query: ListQuery, change: { q?: string; by?: ClientSort; page?: number }): string {
  const descending =
    change.by === undefined
      ? query.order.descending
      : change.by === query.order.by && !query.order.descending;
  const by = change.by ?? query.order.by;
  const params = new URLSearchParams();
  const q = change.q ?? query.q;
  if (q) params.set("q", q);
  const sort = `${descending ? "-" : ""}${by}`;
  if (sort !== "name") params.set("sort", sort);
  if (change.page && change.page > 1) params.set("page", String(change.page));
  const text = params.toString();
  return text ? `/clients?${text}` : "/clients";
}
