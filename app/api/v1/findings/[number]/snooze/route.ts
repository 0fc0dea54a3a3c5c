import { snoozeFinding } from "#lib/flows/findings/snoozeFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(snoozeFinding, { until: true, note: true });
