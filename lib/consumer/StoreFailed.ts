/** The disk did not take what has to be remembered: it is not used, and the last good state stays. */
export class StoreFailed extends Error {}
