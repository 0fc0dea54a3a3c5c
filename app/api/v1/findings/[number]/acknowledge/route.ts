import { acknowledgeFinding } from "#lib/flows/findings/acknowledgeFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(acknowledgeFinding, { note: true });
