import type pg from "pg";

/** The connection of one transaction, as drizzle asks it. */
export interface TransactionClient {
  query(config: string | object, values?: unknown[]): Promise<pg.QueryResult>;
  /** What failed first: of statements that were sent together, those behind it only say that it failed. */
  failure(): unknown;
  /** Gives the connection back. What is asked from then on is refused: it would run outside of the transaction. */
  release(): void;
}

export function transactionClient(client: pg.PoolClient): TransactionClient {
  let failure: unknown;
  let isOver = false;
  return {
    query(config, values) {
      if (isOver) return Promise.reject(new Error("The transaction has ended."));
      const answer = client.query(config as string, values);
      // Whoever asked sees to the failure itself.
      answer.catch((error: unknown) => {
        failure ??= error;
      });
      return answer;
    },
    failure: () => failure,
    release() {
      isOver = true;
      client.release();
    },
  };
}
