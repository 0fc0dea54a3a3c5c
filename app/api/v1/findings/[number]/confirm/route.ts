import { confirmProposal } from "#lib/flows/findings/confirmProposal.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(confirmProposal, { note: true });
