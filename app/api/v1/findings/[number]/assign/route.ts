import { assignFinding } from "#lib/flows/assignFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(assignFinding, { person_id: true, note: true });
