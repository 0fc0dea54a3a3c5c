"use client";
import { startTransition, useActionState, useEffect, useRef, type ReactNode } from "react";
import { Banner } from "./Banner.tsx";
import type { FormAction, FormAnswer } from "./FormAnswer.ts";
import { FormContext } from "./formContext.ts";
import { announce } from "./toasts.ts";

export interface ActionFormProps {
  action: FormAction;
  children: ReactNode;
  /** Said in a toast when it worked. */
  done?: string;
  /** Empty the fields after success; otherwise they stay as typed. */
  clear?: boolean;
  className?: string;
  label?: string;
  /** For fields that stand elsewhere on the page. */
  id?: string;
}

/**
 * A form around one server action. What was typed stays in the fields whatever the answer; a second press while
 * the first is under way does nothing; the first field at fault gets the focus.
 */
export function ActionForm({ action, children, done, clear = false, className, label, id }: ActionFormProps) {
  const [answer, dispatch, pending] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (!answer) return;
    if (answer.ok) {
      if (done) announce(done);
      if (clear) form.current?.reset();
    } else {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [answer, done, clear]);

  return (
    <FormContext value={{ answer, pending }}>
      <form
        ref={form}
        id={id}
        aria-label={label}
        className={className ?? "grid gap-3.5"}
        action={dispatch}
        onSubmit={(event) => {
          // Sent by hand: React empties the fields of a form it sends itself.
          event.preventDefault();
          if (pending) return;
          const { submitter } = event.nativeEvent;
          const data = new FormData(event.currentTarget, submitter);
          startTransition(() => dispatch(data));
        }}
      >
        <RefusalBanner answer={answer} />
        {children}
      </form>
    </FormContext>
  );
}

/** The refusal in words, over the form. */
function RefusalBanner({ answer }: { answer: FormAnswer | null }) {
  if (!answer || answer.ok) return null;
  if (answer.code === "not_signed_in") return <SessionEnded />;
  const byField = Object.keys(answer.fields).length > 0;
  return (
    <Banner tone="stop" live>
      {byField
        ? "Some of it cannot be used yet; the sentences below say what. Nothing you typed is lost."
        : answer.sentence}
    </Banner>
  );
}

/** Said instead of sending the person away from a filled-in form. */
export function SessionEnded() {
  return (
    <Banner
      tone="hold"
      live
      actions={
        <a href="/sign-in" target="_blank" rel="noreferrer">
          Sign in
        </a>
      }
    >
      Your session ended. Sign in again in a new tab, then press the button again: nothing you typed is lost.
    </Banner>
  );
}
