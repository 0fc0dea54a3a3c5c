"use client";
import { useId } from "react";
import { useFieldError } from "./formContext.ts";

export interface ChoiceProps {
  name: string;
  label: string;
  /** Chosen at first. */
  value: string;
  options: readonly { value: string; label: string; hint?: string }[];
}

/** One of a few, each with what it means. */
export function Choice({ name, label, value, options }: ChoiceProps) {
  const id = useId();
  const error = useFieldError(name);
  return (
    <fieldset className="grid gap-1" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-2">
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={name}
            value={option.value}
            defaultChecked={option.value === value}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            className="mt-[3px] size-3.5 shrink-0 accent-accent"
          />
          <p>
            <label htmlFor={`${id}-${option.value}`} className="font-medium">
              {option.label}
            </label>{" "}
            <span id={`${id}-${option.value}-hint`} className="text-sm text-ink-2">
              {option.hint}
            </span>
          </p>
        </div>
      ))}
      {error && (
        <p id={`${id}-error`} className="text-sm text-stop">
          {error}
        </p>
      )}
    </fieldset>
  );
}
