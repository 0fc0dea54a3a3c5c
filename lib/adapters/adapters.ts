import type { Adapter } from "./Adapter.ts";
import { authlete } from "./authlete.ts";
import { descope } from "./descope.ts";
import { gravitee } from "./gravitee.ts";
import { janssen } from "./janssen.ts";
import { keycloak } from "./keycloak.ts";
import { opa } from "./opa.ts";
import { pingFederate } from "./pingFederate.ts";
import { plainJson } from "./plainJson.ts";
import { pocketId } from "./pocketId.ts";

/** Every product a release can be written for. A new one is a file and a line here. */
export const adapters: readonly Adapter[] = [
  authlete,
  descope,
  gravitee,
  janssen,
  keycloak,
  opa,
  pingFederate,
  plainJson,
  pocketId,
];
