/** Cryptographically strong random bytes, from the context. */
export type Random = (bytes: number) => Uint8Array<ArrayBuffer>;
