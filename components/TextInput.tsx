"use client";
import clsx from "clsx";
import type { ComponentProps } from "react";
import { Field, inputStyle, type FieldProps } from "./Field.tsx";

/** One line of text with its label. `mono` for anything that is compared byte by byte. */
export function TextInput({
  name,
  label,
  hint,
  optional,
  mono,
  className,
  ...rest
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<"input">, "name">) {
  return (
    <Field name={name} label={label} hint={hint} optional={optional}>
      {(wiring) => (
        <input
          type="text"
          required={!optional}
          {...rest}
          {...wiring}
          className={clsx(inputStyle, "h-[32px]", mono && "font-mono text-[12.6px]", className)}
        />
      )}
    </Field>
  );
}
