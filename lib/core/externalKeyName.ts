/** What an external signer calls a key: one to four segments that need no escaping in a path, e.g. `alias/cimd-heads`. */
export const externalKeyName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,3}$/;
