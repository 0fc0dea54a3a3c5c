import { exportJournal } from "#lib/views/log/exportJournal.ts";
import { context } from "../../../context.ts";
import { currentPerson } from "../../../session.ts";

/** The whole journal as JSON lines: the exact bytes that were hashed, with both hashes. */
export async function GET(): Promise<Response> {
  if (!(await currentPerson()))
    return Response.json(
      { type: "about:blank", title: "Sign in first.", status: 401 },
      { status: 401, headers: { "content-type": "application/problem+json" } },
    );
  const { db, clock } = await context();
  const day = new Date(clock()).toISOString().slice(0, 10);
  const parts = exportJournal(db);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="rollcall-journal-${day}.jsonl"`,
      "cache-control": "no-store",
    },
  });
}
