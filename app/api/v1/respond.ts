import { context } from "../../context.ts";
import type { Actor, PersonActor } from "#lib/core/Actor.ts";
import { requirePermission, type Permission } from "#lib/core/may.ts";
import type { Refusal, RefusalCode } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { outageSentence } from "../../answer.ts";
import { ApiProblem } from "./ApiProblem.ts";
import { callerOf } from "./callerOf.ts";
import { refuseUnread } from "./readQuery.ts";
import { snakeCase, toWire } from "#lib/core/naming.ts";

/** Every refusal's status, once. */
const statuses: Readonly<Record<RefusalCode, number>> = {
  invalid_input: 422,
  not_signed_in: 401,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  stale: 409,
  too_many: 429,
  not_ready: 409,
  unavailable: 503,
};

const titles: Readonly<Record<RefusalCode, string>> = {
  invalid_input: "Some of the input cannot be used",
  not_signed_in: "Nobody is signed in",
  not_allowed: "Not allowed",
  not_found: "Not found",
  conflict: "It contradicts what is there",
  stale: "It changed meanwhile",
  too_many: "Too many attempts",
  not_ready: "Not ready yet",
  unavailable: "Not available right now",
};

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: no body, status 204. A Response is passed on as it is. */
  readonly body?: unknown;
}

export type Handler<Caller extends Actor = Actor> = (
  ctx: Context,
  actor: Caller,
) => Promise<Reply | Response>;

/**
 * Answers one request of the API: says who asks, asks whether they may, runs `work` and turns what comes of it into JSON
 * or problem details (RFC 9457). What is neither an answer nor a refusal is logged and told as an outage.
 */
export async function respond(request: Request, permission: Permission, work: Handler): Promise<Response> {
  const ctx = await context();
  try {
    const actor = await callerOf(ctx, request);
    requirePermission(actor, permission);
    // What changes something takes no parameters: a mistyped one must not be ignored while it happens.
    if (request.method !== "GET") refuseUnread(request);
    const reply = await work(ctx, actor);
    refuseUnread(request);
    return reply instanceof Response ? reply : toResponse(reply);
  } catch (error) {
    return problemOf(ctx, error);
  }
}

/** For what only a person does: a token is told so. */
export function personOnly(actor: Actor): PersonActor {
  if (actor.kind === "person") return actor;
  throw new ApiProblem(
    403,
    "not-allowed",
    "Only people do this, signed in with a session; a token never votes, attests or speaks for a second person.",
  );
}

export function toResponse({ status, headers, body }: Reply): Response {
  if (body === undefined) return new Response(null, { status: status ?? 204, headers: headersOf(headers) });
  return Response.json(toWire(body), { status: status ?? 200, headers: headersOf(headers) });
}

function headersOf(headers: Reply["headers"]): HeadersInit {
  return { "cache-control": "no-store", ...headers };
}

function problemOf(ctx: Context, error: unknown): Response {
  if (error instanceof ApiProblem)
    return problem(error.status, error.type, error.type.replaceAll("-", " "), error.message, error.errors);
  if (error instanceof Error && error.name === "Refusal") {
    const { code, message, fields } = error as Refusal;
    const errors = Object.fromEntries(Object.entries(fields).map(([name, text]) => [snakeCase(name), text]));
    // The sentence names members as they were sent, too.
    const detail = Object.keys(fields).reduce(
      (text, name) => text.replaceAll(`${name}: `, `${snakeCase(name)}: `),
      message,
    );
    return problem(statuses[code], code.replaceAll("_", "-"), titles[code], detail, errors);
  }
  ctx.log.error({ err: error }, "request failed");
  return problem(503, "unavailable", titles.unavailable, outageSentence(error));
}

export function problem(
  status: number,
  type: string,
  title: string,
  detail: string,
  errors: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: `/problems/${type}`, title, status, detail };
  const faults = Object.keys(errors).length > 0 ? { errors } : {};
  return new Response(JSON.stringify({ ...body, ...faults }), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(status === 401 ? { "www-authenticate": 'Bearer realm="rollcall"' } : {}),
    },
  });
}
