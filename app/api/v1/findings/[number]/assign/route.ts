import { assignFinding } from "#lib/flows/findings/assignFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(assignFinding, { person_id: true, note: true });
