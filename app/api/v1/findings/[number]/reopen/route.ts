import { reopenFinding } from "#lib/flows/findings/reopenFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(reopenFinding, { note: true });
