import { eq, lte, or, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";

/**
 * Takes a lease that is free, ended or `holder`'s own, until `until`, and gives its token, which grows when it changes
 * hands. Undefined while somebody else has it.
 */
export async function takeListLease(
  tx: Write,
  name: string,
  holder: string,
  now: Instant,
  until: Instant,
): Promise<number | undefined> {
  const { lease } = tx.t;
  const [row] = await rowsOfList<{ token: number }>(
    tx,
    "take lease",
    [name, holder, until, now],
    ([of, by, to, at]) =>
      tx.orm
        .insert(lease)
        .values({ name: of as string, holder: by as string, token: 1, until: to as number })
        .onConflictDoUpdate({
          target: lease.name,
          set: {
            holder: sql`excluded.holder`,
            token: sql`case when ${lease.holder} = excluded.holder then ${lease.token} else ${lease.token} + 1 end`,
            until: sql`excluded.until`,
          },
          setWhere: or(eq(lease.holder, sql`excluded.holder`), lte(lease.until, at as number)),
        })
        .returning({ token: lease.token }),
  );
  return row?.token;
}
