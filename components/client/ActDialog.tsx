"use client";
import { useState, type ReactNode } from "react";
import { ActionForm } from "../ActionForm.tsx";
import { Button } from "../Button.tsx";
import type { ButtonVariant } from "../buttonStyle.ts";
import { Dialog } from "../Dialog.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { SubmitButton } from "../SubmitButton.tsx";
import { announce } from "../toasts.ts";

export interface ActDialogProps {
  action: FormAction;
  /** On the button that opens it, and on the one that does it. */
  label: string;
  title: string;
  description?: ReactNode;
  /** Said in a toast when it worked. */
  done: string;
  hotkey?: string;
  variant?: ButtonVariant;
  wide?: boolean;
  children: ReactNode;
}

/** A button that asks something first: it opens a form, and the form does it. What was typed stays when it is refused. */
export function ActDialog(props: ActDialogProps) {
  const [open, setOpen] = useState(false);
  const run: FormAction = async (previous, form) => {
    const answer = await props.action(previous, form);
    if (answer.ok) {
      announce(props.done);
      setOpen(false);
    }
    return answer;
  };
  return (
    <Dialog
      title={props.title}
      description={props.description}
      open={open}
      onOpenChange={setOpen}
      wide={props.wide}
      trigger={
        <Button variant={props.variant} hotkey={props.hotkey}>
          {props.label}
        </Button>
      }
    >
      <ActionForm action={run}>
        {props.children}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <SubmitButton variant={props.variant === "danger" ? "danger" : "primary"} busy="Working …">
            {props.label}
          </SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}
