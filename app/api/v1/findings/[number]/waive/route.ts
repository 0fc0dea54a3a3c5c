import { waiveFinding } from "#lib/flows/findings/waiveFinding.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(waiveFinding, { control: true, until: true, note: true });
