import { playAttacks } from "../../lib/consumer/testing/attackTable.ts";

/** Every attack of docs/allowlist.md §6 on a real consumer and a publisher on loopback, as a table. */
const outcomes = await playAttacks();
const widthOf = (pick: (outcome: (typeof outcomes)[number]) => string) =>
  Math.max(...outcomes.map((outcome) => [...pick(outcome)].length));
const attackWidth = widthOf(({ attack }) => attack);
const expectedWidth = widthOf(({ expected }) => expected);
const line = (...[attack, expected, got]: [string, string, string]) =>
  `  ${attack.padEnd(attackWidth)} | ${expected.padEnd(expectedWidth)} | ${got}`;

let row = "";
console.log(line("attack", "expected", "got"));
for (const { ok, ...outcome } of outcomes) {
  if (outcome.row !== row) console.log(`\n${outcome.row}`);
  row = outcome.row;
  const { attack, expected, got } = outcome;
  console.log(`${ok ? "✓" : "✗"}${line(attack, expected, got).slice(1)}`);
}
const different = outcomes.filter(({ ok }) => !ok);
const rows = new Set(outcomes.map((outcome) => outcome.row)).size;
console.log(
  `\n${outcomes.length} attacks in ${rows} situations, ${outcomes.length - different.length} as expected.`,
);
process.exitCode = different.length === 0 ? 0 : 1;
