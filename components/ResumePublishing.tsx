"use client";
import { ActionForm } from "./ActionForm.tsx";
import type { FormAction } from "./FormAnswer.ts";
import { SubmitButton } from "./SubmitButton.tsx";
import { TextInput } from "./TextInput.tsx";

/** Goes on publishing a list after a restored backup, with the reason for the journal. */
export function ResumePublishing({ slug, action }: { slug: string; action: FormAction }) {
  return (
    <ActionForm
      action={action}
      label={`Resume publishing ${slug}`}
      done={`The list of ${slug} is published again within a second.`}
      className="flex flex-wrap items-end gap-2"
    >
      <input type="hidden" name="audience" value={slug} />
      <TextInput name="reason" label="Reason" maxLength={500} className="w-56" />
      <SubmitButton variant="danger" busy="Resuming">
        Resume
      </SubmitButton>
    </ActionForm>
  );
}
