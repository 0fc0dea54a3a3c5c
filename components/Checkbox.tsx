"use client";
import { useId, type ComponentProps, type ReactNode } from "react";
import { useFieldError } from "./formContext.ts";

/** A yes or no with its label beside it. */
export function Checkbox({
  name,
  label,
  hint,
  ...rest
}: { name: string; label: ReactNode; hint?: ReactNode } & Omit<ComponentProps<"input">, "name" | "type">) {
  const error = useFieldError(name);
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div className="flex items-start gap-2">
      <input
        {...rest}
        id={id}
        name={name}
        type="checkbox"
        aria-invalid={error ? true : undefined}
        aria-describedby={hint || error ? `${id}-more` : undefined}
        className="mt-[3px] size-3.5 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="text-md">
          {label}
        </label>
        {(hint || error) && (
          <p id={`${id}-more`} className={error ? "text-sm text-stop" : "text-sm text-ink-3"}>
            {error ?? hint}
          </p>
        )}
      </div>
    </div>
  );
}
