"use client";
import { createContext, use } from "react";
import type { FormAnswer } from "./FormAnswer.ts";

export interface FormState {
  readonly answer: FormAnswer | null;
  readonly pending: boolean;
}

export const FormContext = createContext<FormState>({ answer: null, pending: false });

/** The surrounding form's last answer and whether it is being sent. */
export function useForm(): FormState {
  return use(FormContext);
}

/** The sentence about one member of the input, when it was refused. */
export function useFieldError(name: string): string | undefined {
  const { answer } = useForm();
  return answer && !answer.ok ? answer.fields[name] : undefined;
}
