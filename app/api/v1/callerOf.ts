import type { Actor } from "#lib/core/Actor.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { sessionActor, tokenActor } from "#lib/views/people/sessionActor.ts";
import { sessionCookie } from "../../session.ts";

/**
 * Who asks: the token of the Authorization header, else the session of the cookie. A browser sends cookies along from
 * any page, so what changes something must come from a page of ours.
 */
export async function callerOf(ctx: Context, request: Request): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  const now = ctx.clock();
  if (authorization !== null) {
    const token = /^Bearer ([\x21-\x7e]{20,200})$/i.exec(authorization)?.[1];
    const actor = token && (await tokenActor(ctx.db, now, token));
    if (actor) return actor;
    throw new Refusal("not_signed_in", "This token is not known, was revoked or has run out.");
  }
  const session = cookieOf(request, sessionCookie);
  const person = session && (await sessionActor(ctx.db, now, session));
  if (!person)
    throw new Refusal(
      "not_signed_in",
      "Send a token: Authorization: Bearer rct_…, or sign in with a browser.",
    );
  if (request.method !== "GET" && request.method !== "HEAD" && !fromOurPages(ctx, request))
    throw new Refusal("not_allowed", "A session changes nothing from another site. Use a token instead.");
  return person;
}

/** Fetch Metadata decides where the browser sends it; else the Origin must be ours. */
function fromOurPages(ctx: Context, request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  return (
    origin === new URL(ctx.config.baseUrl).origin || new URL(origin).host === request.headers.get("host")
  );
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
