import { blockClient } from "#lib/flows/shrinkClient.ts";
import { shrinkFrom } from "../shrinkFrom.ts";

export const POST = shrinkFrom(blockClient);
