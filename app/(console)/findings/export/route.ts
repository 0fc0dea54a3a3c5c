import { toCsv } from "#lib/core/csv/toCsv.ts";
import { parseFindingFilter } from "#lib/core/findingFilter/parseFindingFilter.ts";
import { exportFindings } from "#lib/views/findings/exportFindings.ts";
import { context } from "../../../context.ts";
import { currentPerson } from "../../../session.ts";
import { readFindingQuery } from "../findingQuery.ts";

/** The filtered list as a file. A word of the filter that cannot be used is refused here: a file must be what it says. */
export async function GET(request: Request): Promise<Response> {
  const person = await currentPerson();
  if (!person) return problem(401, "Sign in first.");
  const params = new URL(request.url).searchParams;
  const format = params.get("format") ?? "csv";
  if (format !== "csv" && format !== "json") return problem(400, "format is csv or json.");
  const { q, order } = readFindingQuery(Object.fromEntries(params));
  const { filter, faults } = parseFindingFilter(q);
  if (faults.length > 0) return problem(400, faults.map((fault) => fault.sentence).join(" "));
  const ctx = await context();
  const findings = await exportFindings(ctx.db, ctx.clock(), person, { filter, order });
  const name = `findings-${new Date(ctx.clock()).toISOString().slice(0, 10)}.${format}`;
  const headers = {
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  if (format === "json")
    return new Response(JSON.stringify({ findings }, null, 2), {
      headers: { ...headers, "content-type": "application/json; charset=utf-8" },
    });
  const columns = Object.keys(findings[0] ?? { finding: "" }) as (keyof (typeof findings)[number])[];
  const body = toCsv(
    columns,
    findings.map((finding) => columns.map((column) => finding[column])),
  );
  return new Response(body, { headers: { ...headers, "content-type": "text/csv; charset=utf-8" } });
}

function problem(status: number, detail: string): Response {
  return Response.json(
    { status, detail },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}
