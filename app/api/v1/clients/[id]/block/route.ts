import { blockClient } from "#lib/flows/clients/shrinkClient.ts";
import { shrinkFrom } from "../shrinkFrom.ts";

export const POST = shrinkFrom(blockClient);
