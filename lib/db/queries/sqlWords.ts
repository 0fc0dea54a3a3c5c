import { sql, type SQL } from "drizzle-orm";

/** A pattern for `like` over a lower-case column: the text anywhere; `%`, `_` and `\` stand for themselves. */
export function contains(text: string): SQL {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql`${pattern} escape '\\'`;
}

/** The place of a word in its list, so that words sort by meaning and not by letter. */
export function ranked(column: unknown, words: readonly string[]): SQL {
  const cases = words.map((word, index) => sql`when ${word} then ${sql.raw(String(index))}`);
  return sql`case ${column} ${sql.join(cases, sql` `)} else ${sql.raw(String(words.length))} end`;
}
