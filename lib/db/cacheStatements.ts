import type SQLite from "better-sqlite3";

const most = 500;

/**
 * The same connection, with statements prepared once per SQL text: drizzle prepares anew for every query, which costs
 * more than most queries. Rows as arrays and rows as objects are two statements, because the mode sticks to one.
 */
export function cacheStatements(connection: SQLite.Database): SQLite.Database {
  const plain = new Map<string, SQLite.Statement>();
  const arrays = new Map<string, SQLite.Statement>();
  const prepare = (
    cache: Map<string, SQLite.Statement>,
    sql: string,
    mode: (statement: SQLite.Statement) => SQLite.Statement,
  ) => {
    const known = cache.get(sql);
    if (known) return known;
    if (cache.size >= most) cache.clear();
    const statement = mode(connection.prepare(sql));
    cache.set(sql, statement);
    return statement;
  };
  return new Proxy(connection, {
    get(target, name) {
      if (name === "prepare")
        return (sql: string) => {
          const statement = prepare(plain, sql, (it) => it);
          return {
            run: (...values: unknown[]) => statement.run(...values),
            get: (...values: unknown[]) => statement.get(...values),
            all: (...values: unknown[]) => statement.all(...values),
            raw: () => prepare(arrays, sql, (it) => it.raw()),
          };
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
