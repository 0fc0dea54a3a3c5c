import type { Adapter, AdmittedHost, ExportedList, LeftOut, Rendering } from "./Adapter.ts";
import { limitSentence } from "./limits.ts";

interface Told {
  readonly refused?: readonly LeftOut[];
  readonly admitted?: readonly AdmittedHost[];
  /** What the product itself reads. */
  readonly product: Readonly<Record<string, unknown>>;
}

/**
 * A JSON export: beside what the product reads stands `_rollcall`, which says what the product has no words for and
 * who was left out.
 */
export function renderJson(
  adapter: Pick<Adapter, "name" | "version" | "cannotExpress">,
  list: ExportedList,
  { refused = [], admitted, product }: Told,
): Rendering {
  const about = {
    list: list.list,
    rev: list.rev,
    adapter: `${adapter.name}/${adapter.version}`,
    ...(list.entries.length === 0 && list.namespaces.length === 0 ? { nothing_is_approved: true } : {}),
    cannot_express: Object.fromEntries(adapter.cannotExpress.map((limit) => [limit, limitSentence(limit)])),
    refused: refused.map(({ clientId, why }) => ({ client_id: clientId, why })),
    ...(admitted && { admits: admitted.map(({ host, clientIds }) => ({ host, because_of: clientIds })) }),
  };
  const body = `${JSON.stringify({ _rollcall: about, ...product }, null, 2)}\n`;
  return { contentType: "application/json", body, refused };
}
