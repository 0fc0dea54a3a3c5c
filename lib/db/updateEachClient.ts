import { eq, sql, type SQL } from "drizzle-orm";
import type { Write } from "./Database.ts";
import { changesOfList } from "./prepared.ts";
import type { NewRow } from "./rows.ts";

/** Rows of one statement: few sizes, so that each is prepared once. */
const sizes = [100, 20, 4, 1];
type Kind = "text" | "bigint";
type Given<Members extends string> = Readonly<Record<"id" | Members, string | number>>;
type Sqls<Members extends string> = Readonly<Record<Members, SQL>>;

/**
 * Gives many clients values of their own, a hundred with each statement. `members` says the type of each value besides
 * the id; `set` and `where` get them as SQL, and as `same` what is the same for all. Null is not a value: let "" stand for it.
 */
export async function updateEachClient<Members extends string>(
  tx: Write,
  shape: string,
  members: Readonly<Record<Members, Kind>>,
  rows: readonly Given<NoInfer<Members>>[],
  set: (given: Sqls<Members>, same: SQL) => Partial<Record<keyof NewRow<"client">, SQL>>,
  where?: (given: Sqls<Members>) => SQL,
  same: number = 0,
): Promise<void> {
  const { client } = tx.t;
  const names = ["id", ...Object.keys(members)] as ("id" | Members)[];
  for (let from = 0; from < rows.length;) {
    const size = sizes.find((each) => each <= rows.length - from) ?? 1;
    const values: (string | number)[] = [same];
    for (let place = 0; place < size; place += 1)
      for (const name of names) values.push(rows[from + place]![name]);
    await changesOfList(tx, `each ${shape}`, values, ([first, ...places]) => {
      const given = Object.fromEntries(
        names.map((name, at) => [name, sql.raw(`given.column${at + 1}`)]),
      ) as unknown as Sqls<"id" | Members>;
      const list = listOf(["text", ...Object.values<Kind>(members)], size, places);
      return tx.orm
        .update(client)
        .set(set(given, sql`cast(${first} as bigint)`) as Partial<NewRow<"client">>)
        .from(sql`(values ${list}) as given`)
        .where(sql`${eq(client.id, given.id)}${where ? sql` and ${where(given)}` : sql.raw("")}`);
    });
    from += size;
  }
}

function listOf(kinds: readonly Kind[], size: number, places: readonly unknown[]): SQL {
  // PostgreSQL takes the types of all rows from the first.
  const typed = (kind: Kind, value: SQL) => sql`cast(${value} as ${sql.raw(kind)})`;
  const row = (place: number) => {
    const cells = kinds.map((kind, at) => {
      const value = sql`${places[place * kinds.length + at]}`;
      return place === 0 ? typed(kind, value) : value;
    });
    return sql`(${sql.join(cells, sql`, `)})`;
  };
  return sql.join(
    Array.from({ length: size }, (_, place) => row(place)),
    sql`, `,
  );
}
