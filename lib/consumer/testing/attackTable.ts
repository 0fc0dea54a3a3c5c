import type { Attack } from "./attacks/Attack.ts";
import { answerAttacks } from "./attacks/answerAttacks.ts";
import { bundleAttacks } from "./attacks/bundleAttacks.ts";
import { headAttacks } from "./attacks/headAttacks.ts";
import { keySetAttacks } from "./attacks/keySetAttacks.ts";
import { objectAttacks } from "./attacks/objectAttacks.ts";
import { openStage } from "./attacks/stage.ts";
import { theftAttacks } from "./attacks/theftAttacks.ts";
import { withdrawnKeyAttacks } from "./attacks/withdrawnKeyAttacks.ts";

/** Every attack on a consumer that docs/allowlist.md §6 speaks of, and what must come of it. */
export const attacks: readonly Attack[] = [
  ...answerAttacks,
  ...headAttacks,
  ...objectAttacks,
  ...bundleAttacks,
  ...keySetAttacks,
  ...theftAttacks,
  ...withdrawnKeyAttacks,
];

export interface Outcome {
  readonly row: string;
  readonly attack: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

/** Plays one attack on a stage of its own, on loopback. */
export async function playAttack({ row, attack, expected, run, stage }: Attack): Promise<Outcome> {
  const opened = await openStage(stage);
  try {
    const got = await run(opened);
    return { row, attack, expected, got, ok: got === expected };
  } finally {
    await opened.end();
  }
}

/** Plays all of them, one after the other. */
export async function playAttacks(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const attack of attacks) outcomes.push(await playAttack(attack));
  return outcomes;
}
