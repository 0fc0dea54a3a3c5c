"use client";
import { useFieldError } from "../formContext.ts";

/** Several of a few values: each tick is one value of `name`. */
export function TickList({
  name,
  legend,
  choices,
  chosen,
}: {
  name: string;
  legend: string;
  choices: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
  chosen: readonly string[];
}) {
  const error = useFieldError(name);
  return (
    <fieldset
      className="grid content-start gap-1"
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend className="text-sm font-medium">{legend}</legend>
      {choices.map(({ value, label, hint }) => (
        <label key={value} className="flex items-baseline gap-1.5 text-md">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={chosen.includes(value)}
            className="size-3.5 shrink-0 translate-y-[2px] accent-accent"
          />
          <span>
            <code>{label}</code> {hint && <span className="text-sm text-ink-3">{hint}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p id={`${name}-error`} className="text-sm text-stop">
          {error}
        </p>
      )}
    </fieldset>
  );
}
