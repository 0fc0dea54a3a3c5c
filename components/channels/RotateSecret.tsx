"use client";
import { ActionForm } from "#components/ActionForm.tsx";
import { Button } from "#components/Button.tsx";
import { Dialog } from "#components/Dialog.tsx";
import type { FormAction } from "#components/FormAnswer.ts";
import { useForm } from "#components/formContext.ts";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { MadeSecret } from "./MadeSecret.tsx";

/** Makes a new signing secret after one question and shows it once. */
export function RotateSecret({ action, id, name }: { action: FormAction; id: string; name: string }) {
  return (
    <Dialog
      title={`Rotate the secret of ${name}?`}
      description="Messages are signed with the new secret at once, and with the old one beside it for 24 hours: time to bring the new one to the receiver."
      trigger={<Button>Rotate the secret</Button>}
    >
      <ActionForm action={action} label={`Rotate the secret of ${name}`}>
        <input type="hidden" name="id" value={id} />
        <MadeSecret sentence="Copy it into the receiver now: it is shown this once. The old one signs for 24 hours more." />
        <Press />
      </ActionForm>
    </Dialog>
  );
}

function Press() {
  const { answer } = useForm();
  if (answer?.ok) return null;
  return (
    <p>
      <SubmitButton busy="Rotating …">Make a new secret</SubmitButton>
    </p>
  );
}
