import { eq, isNotNull, or } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Namespaces about which something waits for votes. */
export async function listOpenNamespaces(db: Read): Promise<Row<"namespace">[]> {
  const { namespace } = db.t;
  return db.orm
    .select()
    .from(namespace)
    .where(or(eq(namespace.state, "pending"), isNotNull(namespace.proposed)));
}
