import { retireClient } from "#lib/flows/clients/shrinkClient.ts";
import { shrinkFrom } from "../shrinkFrom.ts";

export const POST = shrinkFrom(retireClient);
