import { eq, sql, type SQL } from "drizzle-orm";
import type { Write } from "./Database.ts";
import { changesOf } from "./prepared.ts";
import type { NewRow } from "./rows.ts";

/** Rows of one statement: few sizes, so that each is prepared once. */
const sizes = [100, 20, 4, 1];
type Kind = "text" | "bigint";
type Given<Members extends string> = Readonly<Record<"id" | Members, string | number>>;

/**
 * Gives many clients values of their own, a hundred with each statement. `members` says the type of each value besides
 * the id; `set` and `where` get them as SQL. Null is not a value: stand "" in for it.
 */
export async function updateEachClient<Members extends string>(
  tx: Write,
  shape: string,
  members: Readonly<Record<Members, Kind>>,
  rows: readonly Given<NoInfer<Members>>[],
  set: (given: Readonly<Record<Members, SQL>>) => Partial<Record<keyof NewRow<"client">, SQL>>,
  where?: (given: Readonly<Record<Members, SQL>>) => SQL | undefined,
): Promise<number> {
  const { client } = tx.t;
  const names = ["id", ...Object.keys(members)] as ("id" | Members)[];
  const kinds: Readonly<Record<string, Kind>> = { id: "text", ...members };
  const given = Object.fromEntries(
    names.map((name, place) => [name, sql.raw(`given.column${place + 1}`)]),
  ) as unknown as Record<"id" | Members, SQL>;
  let changed = 0;
  for (let from = 0; from < rows.length;) {
    const left = rows.length - from;
    const size = sizes.find((each) => each <= left) ?? 1;
    const values: Record<string, string | number> = {};
    for (let place = 0; place < size; place += 1)
      for (const name of names) values[`${name} ${place}`] = rows[from + place]![name];
    changed += await changesOf(tx, `each ${shape} ${size}`, values, (places) => {
      const row = (place: number) =>
        // PostgreSQL takes the types of all rows from the first.
        sql`(${sql.join(
          names.map((name) => {
            const value = sql`${places[`${name} ${place}`]}`;
            return place === 0 ? sql`cast(${value} as ${sql.raw(kinds[name]!)})` : value;
          }),
          sql`, `,
        )})`;
      const list = sql.join(
        Array.from({ length: size }, (_, place) => row(place)),
        sql`, `,
      );
      return tx.orm
        .update(client)
        .set(set(given) as Partial<NewRow<"client">>)
        .from(sql`(values ${list}) as given`)
        .where(sql`${eq(client.id, given.id)}${where ? sql` and ${where(given)}` : sql.raw("")}`);
    });
    from += size;
  }
  return changed;
}
