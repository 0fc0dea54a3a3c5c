/**
 * What a transaction asks or changes in any order: sent at once, so that the database is waited for once. Ends when all
 * of it has ended, so that nothing is left that would run after the transaction; throws what failed first.
 */
export async function together<const T extends readonly (Promise<unknown> | false | undefined)[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const failures: unknown[] = [];
  const results = await Promise.all(
    work.map((each) =>
      each ? each.catch((error: unknown) => void failures.push(error)) : Promise.resolve(each),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return results as { -readonly [K in keyof T]: Awaited<T[K]> };
}
