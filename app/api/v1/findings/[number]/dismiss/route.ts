import { dismissFinding } from "#lib/flows/dismissFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(dismissFinding, { reason: true, note: true });
