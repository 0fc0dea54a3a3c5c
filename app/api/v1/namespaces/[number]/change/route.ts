import { proposeNamespaceChange } from "#lib/flows/namespaces/proposeNamespaceChange.ts";
import { constraintMembers } from "../../../shapes.ts";
import { actFrom } from "../actFrom.ts";

export const POST = actFrom(proposeNamespaceChange, {
  constraints: constraintMembers,
  valid_days: true,
  reason: true,
});
