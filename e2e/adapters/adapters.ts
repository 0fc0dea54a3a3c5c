import type { Adapter } from "./Adapter.ts";
import { betterAuth } from "./betterAuth.ts";
import { cloudflareWorkers } from "./cloudflareWorkers.ts";
import { oidcProvider, oidcProviderPinned } from "./oidcProvider.ts";

/** The authorization servers of examples/, each as it comes from npm. */
export const adapters: readonly Adapter[] = [oidcProvider, oidcProviderPinned, betterAuth, cloudflareWorkers];
