"use client";
import { useState } from "react";
import { ActionForm } from "./ActionForm.tsx";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import type { FormAction, FormAnswer } from "./FormAnswer.ts";
import { SubmitButton } from "./SubmitButton.tsx";

/** Ends a token after one question. */
export function RevokeToken({ action, id, name }: { action: FormAction; id: string; name: string }) {
  const [open, setOpen] = useState(false);
  async function revoke(previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
    const answer = await action(previous, form);
    if (answer.ok) setOpen(false);
    return answer;
  }
  return (
    <Dialog
      title={`Revoke ${name}?`}
      description="Whatever uses it is refused from the next request on. A revoked token cannot be brought back; issue a new one instead."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" className="h-[26px]! px-2! text-stop!" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
    >
      <ActionForm action={revoke} done={`${name} was revoked`} label={`Revoke ${name}`}>
        <input type="hidden" name="id" value={id} />
        <p>
          <SubmitButton variant="danger" busy="Revoking …">
            Revoke the token
          </SubmitButton>
        </p>
      </ActionForm>
    </Dialog>
  );
}
