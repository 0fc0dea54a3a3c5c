import type { EffectiveMetadata } from "./EffectiveMetadata.ts";

/** Members of a document that means this metadata: `applyDefaults` of them is the metadata again. */
export function membersOf({ other, scope, ...rest }: EffectiveMetadata): Readonly<Record<string, unknown>> {
  return { ...other, ...rest, ...(scope.length > 0 ? { scope: scope.join(" ") } : {}) };
}
