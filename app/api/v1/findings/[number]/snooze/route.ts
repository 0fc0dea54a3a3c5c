import { snoozeFinding } from "#lib/flows/snoozeFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(snoozeFinding, { until: true, note: true });
