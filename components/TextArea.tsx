"use client";
import clsx from "clsx";
import type { ComponentProps } from "react";
import { Field, inputStyle, type FieldProps } from "./Field.tsx";

/** Several lines of text with their label. */
export function TextArea({
  name,
  label,
  hint,
  optional,
  mono,
  className,
  ...rest
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<"textarea">, "name">) {
  return (
    <Field name={name} label={label} hint={hint} optional={optional}>
      {(wiring) => (
        <textarea
          rows={3}
          required={!optional}
          {...rest}
          {...wiring}
          className={clsx(inputStyle, "py-1.5", mono && "font-mono text-[12.6px]", className)}
        />
      )}
    </Field>
  );
}
