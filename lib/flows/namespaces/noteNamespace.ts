import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import type { Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

/** A line of the journal about a namespace, and its event. */
export async function noteNamespace(
  ctx: Context,
  tx: Write,
  actor: Actor,
  namespace: Pick<Row<"namespace">, "id" | "number" | "pattern">,
  deed: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id, number, pattern } = namespace;
  await note(ctx, tx, actor, {
    action: `namespace.${deed}`,
    subject: { kind: "namespace", id, name: pattern },
    detail: { number, ...detail },
  });
}
