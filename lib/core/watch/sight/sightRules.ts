import type { WatchRule } from "../WatchRule.ts";
import { sightDocumentNeverSeen } from "./sight.document-never-seen.ts";
import { sightKeyNeverSeen } from "./sight.key-never-seen.ts";
import type { SightSubject } from "./SightSubject.ts";

/** Every rule about what servers met and nobody here did. */
export const sightRules: readonly WatchRule<SightSubject>[] = [sightDocumentNeverSeen, sightKeyNeverSeen];
