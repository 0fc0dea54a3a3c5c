import { renewNamespace } from "#lib/flows/namespaces/proposeNamespaceChange.ts";
import { actFrom } from "../actFrom.ts";

export const POST = actFrom(renewNamespace, { valid_days: true, reason: true });
