import { parseClientFilter } from "#lib/core/clientFilter/parseClientFilter.ts";
import { toCsv } from "#lib/core/csv/toCsv.ts";
import { exportClients } from "#lib/views/clients/exportClients.ts";
import { context } from "../../../context.ts";
import { currentPerson } from "../../../session.ts";
import { readListQuery } from "../listQuery.ts";

/** The filtered list as a file. A word of the filter that cannot be used is refused here: a file must be what it says. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentPerson())) return problem(401, "Sign in first.");
  const params = new URL(request.url).searchParams;
  const format = params.get("format") ?? "csv";
  if (format !== "csv" && format !== "json") return problem(400, "format is csv or json.");
  const query = readListQuery(Object.fromEntries(params));
  const { filter, faults } = parseClientFilter(query.q);
  if (faults.length > 0) return problem(400, faults.map((fault) => fault.sentence).join(" "));
  const ids = params.getAll("id").slice(0, 1_000);
  const ctx = await context();
  const clients = await exportClients(ctx.db, ctx.clock(), { filter, order: query.order, ids });
  const name = `clients-${new Date(ctx.clock()).toISOString().slice(0, 10)}.${format}`;
  const headers = {
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  if (format === "json")
    return new Response(JSON.stringify({ clients }, null, 2), {
      headers: { ...headers, "content-type": "application/json; charset=utf-8" },
    });
  const columns = Object.keys(clients[0] ?? { client_id: "" }) as (keyof (typeof clients)[number])[];
  const body = toCsv(
    columns,
    clients.map((client) => columns.map((column) => client[column])),
  );
  return new Response(body, { headers: { ...headers, "content-type": "text/csv; charset=utf-8" } });
}

function problem(status: number, detail: string): Response {
  return Response.json(
    { status, detail },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}
