import { withdrawNamespace } from "#lib/flows/namespaces/withdrawNamespace.ts";
import { actFrom } from "../actFrom.ts";

export const POST = actFrom(withdrawNamespace, { reason: true });
