"use client";
import clsx from "clsx";
import type { ComponentProps } from "react";
import { Field, inputStyle, type FieldProps } from "./Field.tsx";

export interface Option {
  value: string;
  label: string;
}

/** A choice of one with its label: the browser's own control. `placeholder` adds an empty first choice. */
export function Select({
  name,
  label,
  hint,
  optional,
  options,
  placeholder,
  className,
  ...rest
}: FieldProps & { options: readonly Option[]; placeholder?: string } & Omit<
    ComponentProps<"select">,
    "name"
  >) {
  return (
    <Field name={name} label={label} hint={hint} optional={optional}>
      {(wiring) => (
        <select
          required={!optional}
          {...rest}
          {...wiring}
          className={clsx(inputStyle, "h-[32px]", className)}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
