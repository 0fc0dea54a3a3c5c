import { findingSorts, type FindingOrder, type FindingSort } from "#lib/views/findings/findingBoard.ts";

export const pageSize = 100;
export const boardSize = 15;

export interface FindingQuery {
  readonly q: string;
  readonly order: FindingOrder;
  readonly page: number;
  readonly view: "list" | "board";
}

export type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What the address says about the list; anything unusable is the default. */
export function readFindingQuery(params: Params): FindingQuery {
  const one = (name: string) => [params[name]].flat()[0] ?? "";
  const sort = one("sort");
  const by = findingSorts.find((each) => each === sort.replace(/^-/, "")) ?? "severity";
  const page = Number.parseInt(one("page"), 10);
  return {
    q: one("q").slice(0, 1_000),
    order: { by, descending: sort.startsWith("-") },
    page: page >= 1 && page <= 100_000 ? page : 1,
    view: one("view") === "board" ? "board" : "list",
  };
}

interface Change {
  readonly q?: string;
  readonly by?: FindingSort;
  readonly page?: number;
  readonly view?: FindingQuery["view"];
}

/** The address of the list with these changes; a new filter or order begins at the first page. */
export function findingsHref(query: FindingQuery, change: Change): string {
  const text = findingParams(query, change).toString();
  return text ? `/findings?${text}` : "/findings";
}

/** The address of one finding as a place in this list. */
export function findingHref(query: FindingQuery, number: number): string {
  const params = findingParams({ ...query, view: "list" }, {}).toString();
  return params ? `/findings/${number}?${params}` : `/findings/${number}`;
}

function findingParams(query: FindingQuery, change: Change): URLSearchParams {
  const descending =
    change.by === undefined
      ? query.order.descending
      : change.by === query.order.by && !query.order.descending;
  const params = new URLSearchParams();
  const q = change.q ?? query.q;
  if (q) params.set("q", q);
  const sort = `${descending ? "-" : ""}${change.by ?? query.order.by}`;
  if (sort !== "severity") params.set("sort", sort);
  if ((change.view ?? query.view) === "board") params.set("view", "board");
  if (change.page && change.page > 1) params.set("page", String(change.page));
  return params;
}
