import { unknownShows, type UnknownShow } from "#lib/views/sightings/unknownClients.ts";

export const pageSize = 30;

export interface UnknownQuery {
  readonly q: string;
  readonly show: UnknownShow;
  readonly host?: string;
  readonly server?: string;
  readonly page: number;
}

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What the address says about the list; anything unusable is the default. */
export function readUnknownQuery(params: Params): UnknownQuery {
  const one = (name: string) => [params[name]].flat()[0] ?? "";
  const page = Number.parseInt(one("page"), 10);
  return {
    q: one("q").slice(0, 300),
    show: unknownShows.find((show) => show === one("show")) ?? "all",
    host: one("host").slice(0, 260) || undefined,
    server: one("server").slice(0, 100) || undefined,
    page: page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The address of the list with these changes; another part of it begins at the first page. */
export function unknownHref(query: UnknownQuery, change: Partial<UnknownQuery>): string {
  const { q, show, host, server, page } = { ...query, page: 1, ...change };
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (show !== "all") params.set("show", show);
  if (host !== undefined) params.set("host", host);
  if (server !== undefined) params.set("server", server);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text ? `/unknown?${text}` : "/unknown";
}
