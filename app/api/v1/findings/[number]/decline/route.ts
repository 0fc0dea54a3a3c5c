import { declineProposal } from "#lib/flows/findings/confirmProposal.ts";
import { triageFrom } from "../triageFrom.ts";

export const POST = triageFrom(declineProposal, { note: true });
