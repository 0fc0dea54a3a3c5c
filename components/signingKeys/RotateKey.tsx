"use client";
import { ActionForm } from "../ActionForm.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { SubmitButton } from "../SubmitButton.tsx";

/** The button of one rotation step. */
export function RotateKey({
  action,
  label,
  done,
  force = false,
  secondary = false,
}: {
  action: FormAction;
  label: string;
  done: string;
  force?: boolean;
  secondary?: boolean;
}) {
  return (
    <ActionForm action={action} done={done} label={label}>
      {force && <input type="hidden" name="force" value="yes" />}
      <p>
        <SubmitButton variant={secondary ? "default" : "primary"} busy="One moment …">
          {label}
        </SubmitButton>
      </p>
    </ActionForm>
  );
}
