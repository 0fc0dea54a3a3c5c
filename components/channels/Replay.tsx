"use client";
import { ActionForm } from "#components/ActionForm.tsx";
import type { FormAction, FormAnswer } from "#components/FormAnswer.ts";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { announce } from "#components/toasts.ts";

export interface ReplayProps {
  readonly action: FormAction;
  /** Of a delivery, or of a channel for all that failed. */
  readonly member: "id" | "channelId";
  readonly id: string;
  readonly label: string;
  /** For people who do not see what it stands beside; begins with the label. */
  readonly spoken: string;
}

/** Sends a delivery, or all that failed, again. */
export function Replay({ action, member, id, label, spoken }: ReplayProps) {
  // Said from here: the button goes away with the state of what it stands beside.
  async function replay(previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
    const answer = await action(previous, form);
    if (answer.ok) announce("It is sent again");
    return answer;
  }
  return (
    <ActionForm action={replay} label={spoken} className="inline-grid gap-1">
      <input type="hidden" name={member} value={id} />
      <SubmitButton variant="quiet" className="h-[26px]! px-2!" busy="…" aria-label={spoken}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
