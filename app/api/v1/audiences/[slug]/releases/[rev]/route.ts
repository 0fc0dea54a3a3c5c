import { releaseRecord } from "#lib/views/releases/releaseRecords.ts";
import { readNumber, readQuery } from "../../../../readQuery.ts";
import { respond } from "../../../../respond.ts";

export function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string; rev: string }> },
): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { against } = readQuery(request, ["against"]);
    const { slug, rev } = await params;
    const other = against === undefined ? undefined : readNumber(against, "A release");
    return { body: await releaseRecord(ctx.db, ctx.clock(), slug, readNumber(rev, "A release"), other) };
  });
}
