"use client";
import { useId, type ReactNode } from "react";
import { useFieldError } from "./formContext.ts";

export interface FieldProps {
  /** Name of the input member; also where its refusal sentence is found. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
}

export interface FieldWiring {
  id: string;
  name: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

export const inputStyle =
  "w-full rounded-md border border-field-line bg-surface px-2.5 text-md text-ink placeholder:text-ink-3 aria-invalid:border-stop disabled:bg-sunken disabled:text-ink-3";

/** A label, its control, a hint and the sentence that says what was wrong with it. */
export function Field({
  name,
  label,
  hint,
  optional,
  children,
}: FieldProps & { children: (wiring: FieldWiring) => ReactNode }) {
  const error = useFieldError(name);
  const id = `${useId()}-${name}`;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label} {optional && <span className="ml-0.5 font-normal text-ink-3">optional</span>}
      </label>
      {children({
        id,
        name,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {error && (
        <p id={`${id}-error`} className="text-sm text-stop">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
