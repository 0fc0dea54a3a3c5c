import { dismissFinding } from "#lib/flows/findings/dismissFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(dismissFinding, { reason: true, note: true });
