"use client";
import { useState, type ReactNode } from "react";
import type { KeyState } from "#lib/core/keyLife.ts";
import { ActionForm } from "../ActionForm.tsx";
import { Button } from "../Button.tsx";
import { Dialog } from "../Dialog.tsx";
import type { FormAction, FormAnswer } from "../FormAnswer.ts";
import { SubmitButton } from "../SubmitButton.tsx";
import { TextArea } from "../TextArea.tsx";

export interface RevokeKeyProps {
  action: FormAction;
  kid: string;
  state: KeyState;
  /** What will happen, and to whom. */
  consequences: readonly ReactNode[];
}

/** Revokes a signing key after one question that says who is affected. */
export function RevokeKey({ action, kid, state, consequences }: RevokeKeyProps) {
  const [open, setOpen] = useState(false);
  const short = `${kid.slice(0, 12)}…`;
  async function revoke(previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
    const answer = await action(previous, form);
    if (answer.ok) setOpen(false);
    return answer;
  }
  return (
    <Dialog
      wide
      title={`Revoke ${state === "active" ? "the key that signs" : "this key"}?`}
      description="For a key that others may know. It cannot be taken back."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" className="h-[26px]! px-2! text-stop!" aria-label={`Revoke ${short}`}>
          Revoke
        </Button>
      }
    >
      <ActionForm action={revoke} done={`${short} was revoked`} label={`Revoke ${short}`}>
        <input type="hidden" name="kid" value={kid} />
        <code className="text-sm [overflow-wrap:anywhere]">{kid}</code>
        <ul className="grid list-disc gap-1 pl-4 text-sm text-ink-2">
          {consequences.map((each, at) => (
            <li key={at}>{each}</li>
          ))}
        </ul>
        <TextArea
          name="reason"
          label="Why"
          rows={2}
          maxLength={300}
          placeholder="A copy of the database and its key was found outside."
          hint="It goes into the journal and into the next key set, which anybody can read."
        />
        <p>
          <SubmitButton variant="danger" busy="Revoking …">
            Revoke it now
          </SubmitButton>
        </p>
      </ActionForm>
    </Dialog>
  );
}
