"use client";
import { ActionForm } from "#components/ActionForm.tsx";
import type { FormAction } from "#components/FormAnswer.ts";
import { SubmitButton } from "#components/SubmitButton.tsx";

export interface ReplayProps {
  readonly action: FormAction;
  /** Of a delivery, or of a channel for all that failed. */
  readonly member: "id" | "channelId";
  readonly id: string;
  readonly label: string;
  /** For people who do not see what it stands beside. */
  readonly spoken: string;
}

/** Sends a delivery, or all that failed, again. */
export function Replay({ action, member, id, label, spoken }: ReplayProps) {
  return (
    <ActionForm action={action} label={spoken} done="It is sent again" className="inline-grid gap-1">
      <input type="hidden" name={member} value={id} />
      <SubmitButton variant="quiet" className="h-[26px]! px-2!" busy="…" aria-label={spoken}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
