"use client";
import type { ComponentProps } from "react";
import { Field, inputStyle, type FieldProps } from "../Field.tsx";

/** A file with its label: the browser's own control. */
export function FileInput({
  name,
  label,
  hint,
  optional,
  ...rest
}: FieldProps & Omit<ComponentProps<"input">, "name" | "type">) {
  return (
    <Field name={name} label={label} hint={hint} optional={optional}>
      {(wiring) => (
        <input
          type="file"
          required={!optional}
          {...rest}
          {...wiring}
          className={`${inputStyle} py-[5px] text-sm file:mr-2.5 file:rounded-sm file:border-0 file:bg-mute-soft file:px-2 file:py-0.5 file:text-sm file:text-ink`}
        />
      )}
    </Field>
  );
}
