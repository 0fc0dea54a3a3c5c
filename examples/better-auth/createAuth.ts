import { fetchClientMetadataResource } from "@better-auth/cimd/node";
import { oauthProvider, type ClientMetadataResourceFetch } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { jwt } from "better-auth/plugins";
import { openIdScopes, type Allowlist } from "./Allowlist.ts";
import { allowlistDiscovery } from "./allowlistDiscovery.ts";

export interface AuthOptions {
  readonly baseURL: string;
  readonly secret: string;
  readonly allowlist: Allowlist;
  /** As Better Auth takes it: an adapter, or a connection. */
  readonly database: object;
  /** What tokens are issued for, and the scopes each knows. */
  readonly resources: { readonly identifier: string; readonly allowedScopes: string[] }[];
  /** Fetches documents and key sets; default is the transport of `@better-auth/cimd/node`. */
  readonly fetch?: ClientMetadataResourceFetch;
  readonly onRefused?: (clientId: string, sentence: string) => void;
  /** Whether to promise that metadata documents are taken: not while nobody is listed. Default: always. */
  readonly announce?: () => boolean;
}

/** A Better Auth that knows OAuth clients by their metadata documents and admits what the allowlist admits. */
export function createAuth(options: AuthOptions) {
  const clientDiscovery = allowlistDiscovery({
    allowlist: options.allowlist,
    fetch: options.fetch ?? fetchClientMetadataResource,
    onRefused: options.onRefused,
    announce: options.announce,
  });
  const scopes = new Set([
    ...openIdScopes,
    ...options.resources.flatMap((resource) => resource.allowedScopes),
  ]);
  return betterAuth({
    baseURL: options.baseURL,
    secret: options.secret,
    database: options.database,
    emailAndPassword: { enabled: true },
    plugins: [
      jwt(),
      oauthProvider({
        loginPage: "/sign-in",
        consentPage: "/consent",
        scopes: [...scopes],
        resources: options.resources,
        // Which client may ask for which resource is the allowlist's to say.
        enforcePerClientResources: false,
        accessTokenExpiresIn: 300,
        // What it warns of is served beside it: see signIn.ts.
        silenceWarnings: { oauthAuthServerConfig: true },
        extensions: [{ clientDiscovery }],
      }),
    ],
  });
}
