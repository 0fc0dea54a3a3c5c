"use client";
import type { ReactNode } from "react";
import { ActionForm } from "./ActionForm.tsx";
import { Banner } from "./Banner.tsx";
import { CodeLine } from "./CodeLine.tsx";
import type { FormAction } from "./FormAnswer.ts";
import { useForm } from "./formContext.ts";

export interface SecretFormProps {
  action: FormAction;
  label: string;
  /** Member of the answer that holds the secret. */
  member: "link" | "token";
  /** What to do with it, and that it is shown once. */
  sentence: string;
  children: ReactNode;
}

/** A form whose answer is a secret that is shown once: an invite link or a token. */
export function SecretForm({ action, label, member, sentence, children }: SecretFormProps) {
  return (
    <ActionForm action={action} label={label} clear>
      {children}
      <Secret member={member} sentence={sentence} label={label} />
    </ActionForm>
  );
}

function Secret({ member, sentence, label }: Pick<SecretFormProps, "member" | "sentence" | "label">) {
  const { answer } = useForm();
  if (!answer?.ok) return null;
  const secret = (answer.value as Record<string, string>)[member] ?? "";
  return (
    <div className="grid gap-2.5 rounded-md border border-line bg-sunken p-3">
      <Banner tone="ok" live>
        {sentence}
      </Banner>
      <CodeLine value={secret} label={label} />
    </div>
  );
}
