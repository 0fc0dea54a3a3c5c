/** Where an adapter is put for the checks: one list, one small internet. */
export interface Stage {
  /** Enrolment string of the list. */
  readonly head: string;
  /** How documents are fetched: every https name is the sandbox. */
  readonly fetch: typeof globalThis.fetch;
}

/** A real authorization server that enforces the list. */
export interface RunningServer {
  readonly issuer: string;
  /** The resource that grants have to name. */
  readonly resource: string;
  /** One use of a token: userinfo where there is one, else the protected API. */
  use(accessToken: string): Promise<Response>;
  /** Moves the consumer's clock, seconds; the server's own stays. */
  advance(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Adapter {
  readonly name: string;
  /** Scopes asked for beside those of the resource. */
  readonly scopes: readonly string[];
  /** A token for the resource is none for userinfo: a refresh without a resource brings one. */
  readonly ownUserinfoToken?: true;
  /** A client is made of the list, its document is never fetched. */
  readonly pinned?: true;
  /** Folder below examples/ whose packages have to be installed first. */
  readonly ownPackages?: string;
  start(stage: Stage): Promise<RunningServer>;
}
