import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "#lib/context.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { hour } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { insert } from "#lib/db/rows.ts";
import { untruths } from "./untruths.ts";

const folder = join(import.meta.dirname, "..");
export const home = "https://rollcall.example";
const slot = Symbol.for("rollcall.context");

/** Every route of the API by its path, as Next finds them. */
export const routes = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts"))
  .map((file) => file.replace(/\/?route\.ts$/, ""));

type Route = Record<string, (request: Request, place: { params: Promise<unknown> }) => Promise<Response>>;

/** The handlers of a route, by method. */
export async function handlersOf(route: string): Promise<Route> {
  return (await import(join(folder, route, "route.ts"))) as Route;
}

/** Lets the routes answer for this installation. */
export function serve(ctx: unknown): void {
  (globalThis as { [slot]?: unknown })[slot] = Promise.resolve(ctx);
}

export interface Answered {
  readonly status: number;
  readonly body: any;
  readonly raw: Response;
}

/** Calls the route that Next would call for the path. Throws where the answer is not what the OpenAPI document says. */
export async function call(path: string, init: RequestInit = {}): Promise<Answered> {
  const url = new URL(`${home}/api/v1/${path}`);
  const given = url.pathname.slice("/api/v1/".length).split("/").map(decodeURIComponent);
  const method = init.method ?? "GET";
  const route = routeFor(given);
  const params = Object.fromEntries(
    route.split("/").map((part, index) => [part.slice(1, -1), given[index]] as const),
  );
  const raw = await (
    await handlersOf(route)
  )[method]!(new Request(url, init), {
    params: Promise.resolve(params),
  });
  const json = /[/+]json$/.test(raw.headers.get("content-type") ?? "");
  const body: unknown = json ? await raw.clone().json() : undefined;
  const found = route.startsWith("[...") ? [] : untruths(pathOf(route), method, raw.status, body);
  if (found.length > 0) throw new Error(`${method} ${path}: ${found.join(" ")}`);
  return { status: raw.status, body, raw };
}

/** How the OpenAPI document writes a route. */
export function pathOf(route: string): string {
  return `/${route.replaceAll("[", "{").replaceAll("]", "}")}`;
}

/** A literal segment wins over one that takes anything, as in Next. */
function routeFor(given: readonly string[]): string {
  const literals = (route: string) => route.split("/").filter((part) => !part.startsWith("[")).length;
  const fits = (route: string) => {
    const parts = route.split("/");
    return (
      parts.length === given.length &&
      parts.every((part, index) => part.startsWith("[") || part === given[index])
    );
  };
  const [best] = routes
    .filter((route) => !route.startsWith("[...") && fits(route))
    .toSorted((a, b) => literals(b) - literals(a));
  return best ?? "[...path]";
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const send = (method: string, body: unknown, headers: Record<string, string>): RequestInit => ({
  method,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** The headers of a browser in which this person is signed in. */
export async function sessionOf(ctx: Context, person: PersonActor): Promise<Record<string, string>> {
  const token = ctx.newToken();
  const now = ctx.clock();
  const row = { tokenHash: sha256Hex(token), personId: person.id, createdAt: now, expiresAt: now + hour };
  await ctx.db.transaction((tx) => insert(tx, "session", row));
  return { cookie: `theme=dark; rollcall_session=${token}`, "sec-fetch-site": "same-origin" };
}
