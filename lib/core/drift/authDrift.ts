import { declaredMethods } from "#lib/core/check/declaredMethods.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { DriftSide } from "./DriftSubject.ts";
import { gained } from "./sameValue.ts";

/** How authentication changed; at most one of downgrade, upgrade and `secrets` says why. */
export interface AuthDrift {
  readonly chosenBefore: string;
  readonly chosenAfter: string;
  /** The single method and the list together. */
  readonly offeredBefore: readonly string[];
  readonly offeredAfter: readonly string[];
  readonly isDowngrade: boolean;
  readonly isUpgrade: boolean;
  /** Methods with a shared secret that were not there before. */
  readonly secrets: readonly string[];
}

export function authDrift(before: DriftSide, after: DriftSide): AuthDrift {
  const chosenBefore = before.metadata.token_endpoint_auth_method;
  const chosenAfter = after.metadata.token_endpoint_auth_method;
  const offeredBefore = declaredMethods(before.metadata);
  const offeredAfter = declaredMethods(after.metadata);
  const added = gained(offeredBefore, offeredAfter);
  const secrets = added.filter((method) => method.startsWith("client_secret"));
  const isDowngrade = (chosenBefore !== "none" && chosenAfter === "none") || added.includes("none");
  return {
    chosenBefore,
    chosenAfter,
    offeredBefore,
    offeredAfter,
    secrets,
    isDowngrade,
    isUpgrade: !isDowngrade && secrets.length === 0 && chosenBefore === "none" && chosenAfter !== "none",
  };
}

/** Whether a method is declared that needs a published key. */
export function needsKeys(metadata: EffectiveMetadata): boolean {
  return declaredMethods(metadata).some(
    (method) => method === "private_key_jwt" || method === "self_signed_tls_client_auth",
  );
}
