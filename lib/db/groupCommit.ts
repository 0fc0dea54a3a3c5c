import type SQLite from "better-sqlite3";

/** A group is committed after this many pieces of work or this many milliseconds, whichever comes first. */
const mostWork = 64;
const longest = 20;

interface Job {
  run(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Runs transactions on one connection, one after another, and commits those that wait together with one fsync. Each
 * has a savepoint of its own: it takes effect whole or not at all, and none is acknowledged before the commit.
 */
export function groupCommit(
  connection: SQLite.Database,
  begin: () => Promise<void>,
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: Job[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      try {
        await begin();
      } catch (error) {
        waiting.shift()?.reject(error);
        continue;
      }
      commit(connection, await runGroup());
    }
    running = false;
  }

  async function runGroup(): Promise<{ job: Job; value: unknown }[]> {
    const done: { job: Job; value: unknown }[] = [];
    const until = performance.now() + longest;
    do {
      const job = waiting.shift();
      if (!job) break;
      let isOpen = false;
      try {
        connection.exec("SAVEPOINT work");
        isOpen = true;
        const value = await job.run();
        connection.exec("RELEASE work");
        done.push({ job, value });
      } catch (error) {
        job.reject(error);
        // A full disk or an I/O error ends the whole transaction, and with it the work that was done before.
        if (!connection.inTransaction) {
          for (const { job: lost } of done) lost.reject(error);
          return [];
        }
        if (isOpen) connection.exec("ROLLBACK TO work; RELEASE work");
      }
    } while (done.length < mostWork && performance.now() < until);
    return done;
  }

  return <T>(work: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ run: work, resolve: resolve, reject });
      if (!running) void drain();
    });
}

function commit(connection: SQLite.Database, done: readonly { job: Job; value: unknown }[]): void {
  if (!connection.inTransaction) return;
  try {
    connection.exec("COMMIT");
  } catch (error) {
    if (connection.inTransaction) connection.exec("ROLLBACK");
    for (const { job } of done) job.reject(error);
    return;
  }
  for (const { job, value } of done) job.resolve(value);
}
