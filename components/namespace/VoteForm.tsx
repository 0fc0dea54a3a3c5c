"use client";
import { ActionForm } from "../ActionForm.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { SubmitButton } from "../SubmitButton.tsx";
import { TextArea } from "../TextArea.tsx";
import { announce } from "../toasts.ts";

/** One reason, two verdicts, for exactly what is on the screen. */
export function VoteForm({ digest, vote }: { digest: string; vote: FormAction<string> }) {
  const run: FormAction<string> = async (previous, form) => {
    const answer = await vote(previous, form);
    if (answer.ok) announce(answer.value);
    return answer;
  };
  return (
    <ActionForm action={run as FormAction} label="Decide" className="grid gap-2.5" clear>
      <input type="hidden" name="digest" value={digest} />
      <TextArea
        name="reason"
        label="Why?"
        placeholder="One sentence that the owner and an auditor will read."
        minLength={3}
        maxLength={2_000}
      />
      <div className="flex gap-2">
        <SubmitButton name="verdict" value="approve" hotkey="a" className="flex-1" busy="Working …">
          Approve
        </SubmitButton>
        <SubmitButton name="verdict" value="deny" hotkey="d" variant="default">
          Deny
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
