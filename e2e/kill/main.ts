import { eachTestDatabase } from "../eachTestDatabase.ts";
import { killWorker, type Survived } from "./killWorker.ts";

/** Kills the worker in the middle of refresh waves, on both databases, and counts what was lost or told twice. */
const kills = Number(process.argv[2] ?? 100);
let sound = true;
for await (const { name, open } of eachTestDatabase()) {
  const database = await open();
  await database.db.close();
  const since = performance.now();
  const survived = await killWorker({
    databaseEnv: name === "SQLite" ? {} : { ROLLCALL_DATABASE_URL: database.url },
    kills,
    clients: 400,
    changesPerWave: 3,
    random: Math.random,
  });
  console.log(`${name}, ${Math.round((performance.now() - since) / 1_000)} s: ${JSON.stringify(survived)}`);
  sound &&= isSound(survived);
  await database.drop().catch(() => undefined);
}
console.log(sound ? "Nothing was lost and nothing was told twice." : "It is not as it should be.");
process.exitCode = sound ? 0 : 1;

function isSound({ lost, doubled, falseAlarms, journalFault, midWave }: Survived): boolean {
  return lost === 0 && doubled === 0 && falseAlarms === 0 && journalFault === undefined && midWave > 0;
}
