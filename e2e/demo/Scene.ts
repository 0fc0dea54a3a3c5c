import type { Storyteller } from "./Storyteller.ts";

/** Something that happens so many days before now. */
export interface Scene {
  readonly days: number;
  play(story: Storyteller): Promise<unknown>;
}
