import { adapters } from "#lib/adapters/adapters.ts";
import type { Rendering } from "#lib/adapters/Adapter.ts";
import { hostsOf } from "#lib/adapters/hostsOf.ts";
import type { Limit } from "#lib/adapters/limits.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import type { Row } from "#lib/db/rows.ts";
import { exportedList } from "./exportedList.ts";

/** Entries of the largest list that is written in one piece. */
export const exportMost = 50_000;

export interface ExportAsk {
  /** Short name of the list. */
  readonly list: string;
  readonly head: Row<"head">;
  readonly adapter: string;
  /** The caller knows that a product that knows hosts only admits more than was approved. */
  readonly acceptHost: boolean;
}

export interface Export extends Rendering {
  readonly kind: "export";
  /** Changes with the release, with the way it is written, and when an approval ends in between. */
  readonly etag: string;
  readonly cannotExpress: readonly Limit[];
}

/** Why there is no export: `type` is one of docs/api.md. */
export interface NoExport {
  readonly kind: "none";
  readonly status: 404 | 409 | 413 | 503;
  readonly type: "unknown-adapter" | "would-widen" | "export-too-large" | "list-expired" | "unavailable";
  /** A sentence that says what to do. */
  readonly detail: string;
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Whether there is an export of that name. */
export function isExported(adapter: string): boolean {
  return adapters.some(({ name }) => name === adapter);
}

/** A release, written for one product. Never admits more than the release does, unless the caller accepts that. */
export async function exportList(db: Read, now: Instant, ask: ExportAsk): Promise<Export | NoExport> {
  const adapter = adapters.find(({ name }) => name === ask.adapter);
  if (!adapter) {
    const names = adapters.map(({ name }) => name);
    return none(404, "unknown-adapter", `There is no export of that name. There are: ${names.join(", ")}.`, {
      adapters: names,
    });
  }
  const { head } = ask;
  if (head.expiresAt <= now)
    return none(
      503,
      "list-expired",
      "The newest release has ended and approves nobody; the worker does not publish. Keep what you have until it does, or remove it.",
    );
  if (head.count > exportMost)
    return none(
      413,
      "export-too-large",
      `The list has ${head.count} entries; up to ${exportMost} are written in one piece. Read the bundle, or enforce the list with the consumer.`,
    );
  const list = await exportedList(db, now, ask.list, head);
  if (!list) return none(503, "unavailable", "The list could not be read whole. Keep what you have.");
  if (adapter.grain === "host" && !ask.acceptHost) {
    const { admitted } = hostsOf(list);
    return none(
      409,
      "would-widen",
      `${adapter.title} knows hosts only: every client_id of an approved host would be admitted, not the approved ones alone. Ask with ?accept=host (rollcall export --accept-host) to have that.`,
      {
        would_admit: admitted.map(({ host, clientIds, others }) => ({
          host,
          because_of: clientIds,
          others_known: others,
        })),
      },
    );
  }
  const rendering = adapter.render(list);
  const digest = sha256Hex(rendering.body).slice(0, 16);
  return {
    kind: "export",
    ...rendering,
    etag: `"${head.rev}-${adapter.name}.${adapter.version}-${digest}"`,
    cannotExpress: adapter.cannotExpress,
  };
}

function none(
  status: NoExport["status"],
  type: NoExport["type"],
  detail: string,
  members?: NoExport["members"],
): NoExport {
  return { kind: "none", status, type, detail, members };
}
