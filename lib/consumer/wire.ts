export type * from "../core/allowlist/wire.ts";
