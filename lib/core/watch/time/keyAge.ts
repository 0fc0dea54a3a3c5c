import { day } from "#lib/core/Instant.ts";

/** Age at which a key is to be replaced, and at which its owner is told; milliseconds. */
export const keyAge = { overdue: 180 * day, due: 150 * day } as const;
