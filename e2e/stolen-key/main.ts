import { duration } from "#components/time.ts";
import { startSandbox } from "../sandbox/startSandbox.ts";
import { ceremonyTakes, playTheft, revokedAfter, step, type Played, type Theft } from "./playTheft.ts";

/** The drill of docs/signing-keys.md: the online key is stolen, and what every kind of server does about it. */
const far = 2 ** 50;
const thefts: Theft[] = [
  {
    title: "A list far ahead (seq 2^50), the path given back",
    forged: { seq: far, rev: far },
    keepsPath: false,
    rooted: true,
  },
  {
    title: "A list a little ahead (seq 500), as if our database were an old backup",
    forged: { seq: 500, rev: 500 },
    keepsPath: false,
    rooted: true,
  },
  {
    title: "A list far ahead, without a root key",
    forged: { seq: far, rev: far },
    keepsPath: false,
    rooted: false,
  },
  {
    title: "A list far ahead, and the thief goes on answering for lists",
    forged: { seq: far, rev: far },
    keepsPath: true,
    rooted: true,
  },
  { title: "A list of a far epoch (2^40)", forged: { epoch: 2 ** 40 }, keepsPath: false, rooted: true },
];

const sandbox = await startSandbox();
let sound = true;
try {
  console.log(
    `Time is injected; servers look every ${duration(step)}. The key is revoked ${duration(revokedAfter)} after the first forged list, and the root has signed ${duration(ceremonyTakes)} later.`,
  );
  for (const theft of thefts) sound = print(await playTheft(sandbox, theft)) && sound;
} finally {
  await sandbox.stop();
}
console.log(sound ? "\nEvery server refuses the evil client again." : "\nNot every server recovered.");
process.exitCode = sound ? 0 : 1;

function print({ title, courses, began, exposure }: Played): boolean {
  console.log(`\n${title}\n`);
  const rows = [
    ["server", "took the forged list", "admitted the evil client for", "good list again", "by hand"],
  ];
  for (const { name, admittedAt, refusedAgainAt, recoveredAt, byHand, last } of courses)
    rows.push([
      name,
      admittedAt === null ? "no" : `after ${duration(admittedAt - began)}`,
      admittedAt === null
        ? "–"
        : refusedAgainAt === null
          ? `still (${last})`
          : duration(refusedAgainAt - admittedAt),
      admittedAt === null
        ? "always had it"
        : recoveredAt === null
          ? `no (${last})`
          : `after ${duration(recoveredAt - began)}`,
      byHand ?? "nothing",
    ]);
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  for (const row of rows) console.log(`  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`);
  console.log("\n  What `rollcall keys exposure` said half a minute after the revocation:");
  for (const { server, state, until } of exposure)
    console.log(
      `  ${server.padEnd(20)} ${state.padEnd(8)} ${until === null ? "until something is done" : `until ${duration(until - began)} after the theft`}`,
    );
  // Nobody has to help but where keys were pinned by hand, also after a list of a far epoch.
  return courses.every(({ isPinned, admittedAt, refusedAgainAt, recoveredAt, byHand }) => {
    const recovered = admittedAt === null || (refusedAgainAt !== null && recoveredAt !== null);
    return recovered && (byHand === null || (isPinned && byHand === "pin the new key"));
  });
}
