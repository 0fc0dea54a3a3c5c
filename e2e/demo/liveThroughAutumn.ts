import { namespaceScenes } from "./namespaceScenes.ts";
import { inventedScenes, realScenes } from "./registerScenes.ts";
import type { Storyteller } from "./Storyteller.ts";
import { triageScenes } from "./triageScenes.ts";
import { trustScenes } from "./trustScenes.ts";
import { watchScenes } from "./watchScenes.ts";

/**
 * Two months of ordinary work, after a pilot with one client: real clients approved as they are; whatever goes wrong goes
 * wrong at invented ones.
 */
export async function liveThroughAutumn(
  story: Storyteller,
  progress: (words: string) => void,
): Promise<void> {
  const scenes = [
    ...realScenes(),
    ...inventedScenes,
    ...trustScenes,
    ...watchScenes,
    ...triageScenes,
    ...namespaceScenes,
  ].sort((a, b) => b.days - a.days);
  for (const [index, { days, play }] of scenes.entries()) {
    story.at(days);
    await story.letTimePass();
    await play(story);
    await story.letTimePass();
    if ((index + 1) % 10 === 0) progress(`${index + 1} of ${scenes.length} scenes`);
  }
}
