import { suspendNamespace } from "#lib/flows/namespaces/shrinkNamespace.ts";
import { actFrom } from "../actFrom.ts";

export const POST = actFrom(suspendNamespace, { reason: true });
