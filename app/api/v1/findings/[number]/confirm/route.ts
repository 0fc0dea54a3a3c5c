import { confirmProposal } from "#lib/flows/confirmProposal.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(confirmProposal, { note: true });
