"use server";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { verifyJournal, type JournalVerdict } from "#lib/views/log/verifyJournal.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

export async function verifyChain(_: FormAnswer | null, __: FormData): Promise<FormAnswer<JournalVerdict>> {
  return answer(async () => {
    await requireActor();
    return verifyJournal((await context()).db);
  });
}
