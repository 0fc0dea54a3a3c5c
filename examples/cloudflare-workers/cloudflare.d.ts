/** The parts of the Workers runtime and of workers-oauth-provider 1.2 this example uses. */
interface DurableObjectStorage {
  get<T>(key: string): Promise<T | undefined>;
  put(key: string, value: unknown): Promise<void>;
  delete(keys: string[]): Promise<number>;
  list(options: { prefix: string; startAfter: string; limit: number }): Promise<Map<string, unknown>>;
  /** Resolves when everything written so far is on disk. */
  sync(): Promise<void>;
}

interface DurableObjectState {
  readonly storage: DurableObjectStorage;
  blockConcurrencyWhile<T>(work: () => Promise<T>): Promise<T>;
}

interface ExecutionContext {
  readonly props: unknown;
}

declare module "cloudflare:workers" {
  export class DurableObject<Env> {
    protected readonly ctx: DurableObjectState;
    protected readonly env: Env;
    constructor(ctx: DurableObjectState, env: Env);
  }
}

declare module "@cloudflare/workers-oauth-provider" {
  export interface AuthRequest {
    readonly clientId: string;
    readonly redirectUri: string;
    readonly scope: string[];
    readonly resource?: string;
  }
  export interface ConsentDescription {
    readonly clientName: string;
    readonly clientDomain?: string;
    readonly redirectHost: string;
    readonly redirectIsLoopback: boolean;
    readonly scope: string[];
  }
  export interface OAuthHelpers {
    parseAuthRequest(request: Request): Promise<AuthRequest>;
    describeConsent(request: AuthRequest): Promise<ConsentDescription>;
    beginConsent(request: AuthRequest): Promise<{ handle: string; headers: Headers }>;
    approveConsent(request: Request, handle: string): Promise<{ request: AuthRequest; headers: Headers }>;
    completeAuthorization(grant: {
      request: AuthRequest;
      userId: string;
      metadata: unknown;
      scope: string[];
      props: unknown;
    }): Promise<{ redirectTo: string }>;
  }
  export interface TokenExchangeCallbackOptions<Env> {
    readonly grantType: string;
    readonly clientId: string;
    readonly requestedScope: string[];
    readonly resource: string;
    readonly env: Env;
  }
  export class OAuthError extends Error {
    constructor(code: string, options: { description: string });
  }
  export class AuthorizationError extends Error {
    readonly code: string;
    readonly redirectTo?: string;
  }
  export class OAuthProvider<Env> {
    constructor(options: Record<string, unknown>);
    fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response>;
  }
}
