/** The part of oidc-provider 9 this example uses; the package ships no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

  export interface Interaction {
    uid: string;
    params: { client_id: string; scope?: string; resource?: string | string[] };
    session?: { accountId: string };
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  export default class Provider {
    /** The request being answered, wherever it is asked. */
    static readonly ctx: any;
    constructor(issuer: string, configuration: Record<string, unknown>);
    Grant: new (owner: { accountId: string; clientId: string }) => Grant;
    Client: { find(id: string): Promise<{ clientName?: string; clientId: string } | undefined> };
    callback(): RequestListener;
    use(middleware: (ctx: any, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (ctx: any, error: Error & { error_detail?: string }) => void): this;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }

  type ErrorClass = new (description?: string, detail?: string) => Error;
  export const errors: Record<"InvalidClient" | "InvalidTarget", ErrorClass> & {
    InvalidScope: new (description: string, scope: string, detail?: string) => Error;
    InvalidClientAuth: new (detail?: string) => Error;
  };
}

declare module "oidc-provider/lib/adapters/memory_adapter.js" {
  export default class MemoryAdapter {
    constructor(model: string);
    find(id: string): Promise<unknown>;
  }
}
