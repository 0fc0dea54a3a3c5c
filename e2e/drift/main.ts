import { eachTestDatabase } from "../eachTestDatabase.ts";
import { startSandbox } from "../sandbox/startSandbox.ts";
import { playMonth } from "./playMonth.ts";
import { printMonth } from "./printMonth.ts";

/** A month of drift in minutes, on both databases: what happened, what was found, what the list said, who was told. */
const faults: string[] = [];
for await (const { name, open } of eachTestDatabase()) {
  const sandbox = await startSandbox();
  const database = await open();
  const since = performance.now();
  try {
    const played = await playMonth(database.db, sandbox);
    console.log(`\nA month on ${name}, in ${Math.round((performance.now() - since) / 1_000)} s\n`);
    faults.push(...printMonth(played, (line) => console.log(line)).map((fault) => `${name}: ${fault}`));
  } finally {
    await database.drop();
    await sandbox.stop();
  }
}
for (const fault of faults) console.error(`✗ ${fault}`);
console.log(faults.length === 0 ? "\nEverything came as it should." : `\n${faults.length} things did not.`);
process.exitCode = faults.length === 0 ? 0 : 1;
