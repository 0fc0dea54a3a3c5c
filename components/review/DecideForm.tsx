"use client";
import { useEffect, useRef } from "react";
import { ActionForm } from "../ActionForm.tsx";
import { inputStyle } from "../Field.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { useFieldError } from "../formContext.ts";
import { SubmitButton } from "../SubmitButton.tsx";
import { announce } from "../toasts.ts";
import { type ChosenPart, decideFormId } from "./ChosenPart.ts";

export interface DecideFormProps {
  number: number;
  /** Digest of the document on the screen: what the vote is for. */
  digest: string;
  decide: FormAction<string>;
  /** What can be accepted one by one; the boxes stand beside the change. */
  parts: readonly ChosenPart[];
  canApprove: boolean;
  canDeny: boolean;
  canSuspend: boolean;
  canBlock: boolean;
}

/** One reason, four decisions. The reason survives a refusal, a changed document, an ended session and a closed tab. */
export function DecideForm(props: DecideFormProps) {
  const run: FormAction<string> = async (previous, form) => {
    const answer = await props.decide(previous, form);
    if (answer.ok) {
      sessionStorage.removeItem(draftKey(props.number));
      // Not the whole form: what is ticked stays ticked.
      const field = document.querySelector<HTMLTextAreaElement>(`#${decideFormId} textarea[name=reason]`);
      if (field) field.value = "";
      announce(answer.value);
    }
    return answer;
  };
  return (
    <ActionForm action={run as FormAction} id={decideFormId} label="Decide" className="grid gap-2.5">
      <input type="hidden" name="digest" value={props.digest} />
      <input
        type="hidden"
        name="offered"
        value={JSON.stringify(props.parts.map(({ id, member, value }) => ({ id, member, value })))}
      />
      <Reason number={props.number} />
      {(props.canApprove || props.canDeny) && (
        <div className="flex gap-2">
          {props.canApprove && (
            <SubmitButton name="decision" value="approve" hotkey="a" className="flex-1" busy="Working …">
              {props.parts.length > 0 ? "Approve selected" : "Approve"}
            </SubmitButton>
          )}
          {props.canDeny && (
            <SubmitButton
              name="decision"
              value="deny"
              hotkey="d"
              variant="default"
              className={props.canApprove ? undefined : "flex-1"}
            >
              Deny
            </SubmitButton>
          )}
        </div>
      )}
      {(props.canSuspend || props.canBlock) && (
        <div className="flex gap-2">
          {props.canSuspend && (
            <SubmitButton name="decision" value="suspend" hotkey="s" variant="danger" className="flex-1">
              Suspend now
            </SubmitButton>
          )}
          {props.canBlock && (
            <SubmitButton
              name="decision"
              value="block"
              hotkey="b"
              variant="danger"
              className={props.canSuspend ? undefined : "flex-1"}
            >
              Block
            </SubmitButton>
          )}
        </div>
      )}
    </ActionForm>
  );
}

function Reason({ number }: { number: number }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const error = useFieldError("reason");
  useEffect(() => {
    const draft = sessionStorage.getItem(draftKey(number));
    if (field.current && field.current.value === "" && draft) field.current.value = draft;
  }, [number]);
  return (
    <div className="grid gap-1">
      <label htmlFor="reason" className="text-sm font-medium">
        Why?
      </label>
      <textarea
        ref={field}
        id="reason"
        name="reason"
        data-search=""
        rows={3}
        required
        minLength={3}
        maxLength={2_000}
        placeholder="One sentence that the owner and an auditor will read."
        aria-invalid={error ? true : undefined}
        aria-describedby="reason-hint"
        className={`${inputStyle} py-1.5`}
        onChange={(event) => sessionStorage.setItem(draftKey(number), event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <p id="reason-hint" className={error ? "text-sm text-stop" : "sr-only"}>
        {error ?? "Escape leaves the field; then a letter decides."}
      </p>
    </div>
  );
}

function draftKey(number: number): string {
  return `rollcall.reason.${number}`;
}
