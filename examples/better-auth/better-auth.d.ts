/** The parts of Better Auth 1.7 this example uses. With the packages installed, their own types are larger, not other. */
declare module "better-auth" {
  export interface Auth {
    readonly handler: (request: Request) => Promise<Response>;
  }
  export function betterAuth(options: Record<string, unknown>): Auth;
}

declare module "better-auth/node" {
  import type { RequestListener } from "node:http";
  export function toNodeHandler(auth: { handler: (request: Request) => Promise<Response> }): RequestListener;
}

declare module "better-auth/plugins" {
  export function jwt(options?: Record<string, unknown>): object;
}

declare module "better-auth/adapters/memory" {
  export function memoryAdapter(tables: Record<string, object[]>): object;
}

declare module "better-call" {
  export class APIError extends Error {
    constructor(status: string, body: Readonly<Record<string, unknown>>);
  }
}

declare module "@better-auth/oauth-provider" {
  export type ClientMetadataResourceFetch = (
    input: RequestInfo | URL,
    init?: RequestInit,
  ) => Response | Promise<Response>;

  /** A row of the table `oauthClient`: the members this example reads or narrows. */
  export interface StoredClient {
    readonly clientId: string;
    readonly disabled?: boolean;
    readonly redirectUris?: string[];
    readonly scopes?: string[];
    readonly grantTypes?: string[];
    readonly tokenEndpointAuthMethod?: string;
  }

  /** The request that is being answered, as far as it is known there. */
  export interface EndpointContext {
    readonly query?: Record<string, unknown>;
    readonly body?: Record<string, unknown>;
  }

  export interface ClientDiscovery {
    readonly id: string;
    matches(clientId: string): boolean;
    resolve(
      ctx: EndpointContext,
      clientId: string,
      existing: StoredClient | null,
    ): StoredClient | null | Promise<StoredClient | null>;
    readonly fetchClientMetadataResource?: ClientMetadataResourceFetch;
    readonly discoveryMetadata?: Record<string, unknown>;
  }

  export function oauthProvider(options: Record<string, unknown>): object;
}

declare module "@better-auth/cimd" {
  import type { ClientDiscovery, ClientMetadataResourceFetch } from "@better-auth/oauth-provider";
  export function createCimdClientDiscovery(options: {
    readonly fetchClientMetadataResource: ClientMetadataResourceFetch;
    readonly isMetadataDocumentUrlAllowed?: (clientId: string) => boolean | Promise<boolean>;
    readonly [option: string]: unknown;
  }): ClientDiscovery;
}

declare module "@better-auth/cimd/node" {
  import type { ClientMetadataResourceFetch } from "@better-auth/oauth-provider";
  export const fetchClientMetadataResource: ClientMetadataResourceFetch;
}
