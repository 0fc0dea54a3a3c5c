"use client";
import { ActionForm } from "#components/ActionForm.tsx";
import { Button } from "#components/Button.tsx";
import { Dialog } from "#components/Dialog.tsx";
import type { FormAction } from "#components/FormAnswer.ts";
import { SubmitButton } from "#components/SubmitButton.tsx";

/** Ends a channel after one question. */
export function RemoveChannel({ action, id, name }: { action: FormAction; id: string; name: string }) {
  return (
    <Dialog
      title={`Remove ${name}?`}
      description="Nothing is sent there any more and its secrets are forgotten. What it was sent stays in the log. To pause it, switch it off instead."
      trigger={
        <Button variant="quiet" className="text-stop!">
          Remove
        </Button>
      }
    >
      <ActionForm action={action} label={`Remove ${name}`}>
        <input type="hidden" name="id" value={id} />
        <p>
          <SubmitButton variant="danger" busy="Removing …">
            Remove the channel
          </SubmitButton>
        </p>
      </ActionForm>
    </Dialog>
  );
}
