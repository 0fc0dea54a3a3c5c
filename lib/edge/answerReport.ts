import type { IncomingMessage, ServerResponse } from "node:http";
import type { TokenActor } from "#lib/core/Actor.ts";
import type { LatestHead } from "#lib/core/allowlist/wire.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { recordReport } from "#lib/flows/servers/recordReport.ts";
import { tellFlood } from "#lib/flows/servers/tellFlood.ts";
import { recordSightings } from "#lib/flows/sightings/recordSightings.ts";
import { problem } from "./problem.ts";
import { readJsonBody } from "./readJsonBody.ts";
import type { ReportBudgets } from "./reportBudgets.ts";

interface Kind {
  readonly method: "PUT" | "POST";
  /** Of the problem that its body is. */
  readonly invalid: string;
  readonly mostBytes: number;
  readonly often: string;
  readonly record: (
    ctx: Context,
    actor: TokenActor,
    input: { consumerId: string; report: unknown },
  ) => Promise<{ latest: LatestHead | null }>;
}

/** What a server reports, each answered with the newest head (docs/reports.md). */
export const reportKinds = {
  /** `PUT /v1/consumers/{id}/status`: a server's account of itself. A head, the largest part of it, has at most 64 KiB. */
  status: {
    method: "PUT",
    invalid: "invalid-status-report",
    mostBytes: 80 * 1024,
    often: "after each change and every few minutes",
    record: recordReport,
  },
  /** `POST /v1/consumers/{id}/sightings`: what a server was asked, added up. */
  sightings: {
    method: "POST",
    invalid: "invalid-sightings",
    mostBytes: 256 * 1024,
    often: "once a minute, added up",
    record: recordSightings,
  },
} satisfies Record<string, Kind>;

export type ReportKind = keyof typeof reportKinds;

export function isReportKind(name: string | undefined): name is ReportKind {
  return name !== undefined && Object.hasOwn(reportKinds, name);
}

/** Takes in a report of a server, within what its token may send. */
export async function answerReport(
  parts: { readonly ctx: Context; readonly budgets: ReportBudgets },
  asked: { readonly kind: ReportKind; readonly actor: TokenActor | undefined; readonly consumerId: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { ctx, budgets } = parts;
  const { kind, actor, consumerId } = asked;
  const { invalid, mostBytes, often, record } = reportKinds[kind] as Kind;
  if (!actor)
    return problem(response, 401, "unauthorized", "Send this server's token: Authorization: Bearer …", {
      "www-authenticate": "Bearer",
    });
  // Counted before it is read, by what the caller says it has; without a length it counts as the largest.
  const length = Math.min(mostBytes, Number(request.headers["content-length"] ?? mostBytes) || 0);
  const wait = budgets.take(kind, actor.id, length);
  if (wait > 0) {
    await tellFlood(ctx, budgets.told, actor, kind);
    return problem(
      response,
      429,
      "too-many",
      `This token has sent more ${kind} reports than are taken in. Wait ${wait} seconds; then send ${often}.`,
      { "retry-after": String(wait) },
    );
  }
  const report = await readJsonBody(request, mostBytes);
  if (report === undefined)
    return problem(response, 400, invalid, `The body must be a JSON object of at most ${mostBytes} bytes.`);
  try {
    const answer = JSON.stringify(await record(ctx, actor, { consumerId, report }));
    response.writeHead(200, {
      "content-type": "application/json",
      "cache-control": "no-store",
      "content-length": Buffer.byteLength(answer),
    });
    response.end(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "not_allowed") return problem(response, 403, "not-subscribed", error.message);
    problem(response, 422, invalid, error.message.slice(0, 2_000));
  }
}
