import { unreadShows, type UnreadShow } from "#lib/views/clients/unreachable.ts";

export const pageSize = 50;

export interface UnreadQuery {
  readonly q: string;
  readonly show: UnreadShow;
  readonly host?: string;
  readonly page: number;
}

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What the address says about the list; anything unusable is the default. */
export function readUnreadQuery(params: Params): UnreadQuery {
  const one = (name: string) => [params[name]].flat()[0] ?? "";
  const page = Number.parseInt(one("page"), 10);
  return {
    q: one("q").slice(0, 300),
    show: unreadShows.find((show) => show === one("show")) ?? "all",
    host: one("host").slice(0, 260) || undefined,
    page: page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The address of the list with these changes; another part of it begins at the first page. */
export function unreadHref(
  query: UnreadQuery,
  change: { show?: UnreadShow; host?: string; page?: number },
): string {
  const { q, show, host, page = 1 } = { q: query.q, show: query.show, host: query.host, ...change };
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (show !== "all") params.set("show", show);
  if (host !== undefined) params.set("host", host);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text ? `/unreachable?${text}` : "/unreachable";
}
