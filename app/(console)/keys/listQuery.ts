import { keyShows, keySorts, type KeyShow, type KeySort } from "#lib/views/clients/keyList.ts";

export const pageSize = 100;

export interface KeyQuery {
  readonly q: string;
  readonly show: KeyShow;
  readonly sort: KeySort;
  readonly descending: boolean;
  readonly page: number;
}

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What the address says about the list; anything unusable is the default. */
export function readKeyQuery(params: Params): KeyQuery {
  const one = (name: string) => [params[name]].flat()[0] ?? "";
  const page = Number.parseInt(one("page"), 10);
  return {
    q: one("q").slice(0, 300),
    show: keyShows.find((show) => show === one("show")) ?? "used",
    sort: keySorts.find((sort) => sort === one("sort").replace(/^-/, "")) ?? "urgency",
    descending: one("sort").startsWith("-"),
    page: page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The address of the list with these changes; a new filter or order begins at the first page. */
export function keysHref(
  query: KeyQuery,
  change: { q?: string; show?: KeyShow; sort?: KeySort; page?: number },
): string {
  const { q, show, sort, page = 1 } = { q: query.q, show: query.show, sort: query.sort, ...change };
  const descending =
    change.sort === undefined ? query.descending : change.sort === query.sort && !query.descending;
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (show !== "used") params.set("show", show);
  if (sort !== "urgency" || descending) params.set("sort", `${descending ? "-" : ""}${sort}`);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text ? `/keys?${text}` : "/keys";
}
