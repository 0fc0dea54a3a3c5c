import { exportJournal } from "#lib/views/log/exportJournal.ts";
import { readQuery, readWhole } from "../readQuery.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { after } = readQuery(request, ["after"]);
    const from = readWhole("after", after, { min: 0, max: 999_999_999, otherwise: 0 });
    const lines = exportJournal(ctx.db, from);
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      },
      async cancel() {
        await lines.return(undefined);
      },
    });
    return new Response(stream, {
      headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
    });
  });
}
