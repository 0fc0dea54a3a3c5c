"use client";
import { useId, useState } from "react";
import { day, type Instant } from "#lib/core/Instant.ts";
import { TextInput } from "../TextInput.tsx";
import { dateOf } from "./dateOf.ts";

/** Until when it rests: a date, or a change of the document. */
export function SnoozeFields({ now }: { now: Instant }) {
  const id = useId();
  const [how, setHow] = useState<"date" | "change">("date");
  const choices = [
    ["date", "Until a date", "It wakes on that day."],
    ["change", "Until it changes", "It wakes when the document is another one."],
  ] as const;
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">Let it rest</legend>
        {choices.map(([value, label, hint]) => (
          <div key={value} className="flex items-start gap-2">
            <input
              type="radio"
              id={`${id}-${value}`}
              name="how"
              value={value}
              checked={how === value}
              onChange={() => setHow(value)}
              aria-describedby={`${id}-${value}-hint`}
              className="mt-[3px] size-3.5 shrink-0 accent-accent"
            />
            <p>
              <label htmlFor={`${id}-${value}`} className="font-medium">
                {label}
              </label>{" "}
              <span id={`${id}-${value}-hint`} className="text-sm text-ink-2">
                {hint}
              </span>
            </p>
          </div>
        ))}
      </fieldset>
      {how === "date" && (
        <TextInput
          name="until"
          label="Date"
          type="date"
          hint="At most 90 days from now."
          min={dateOf(now + day)}
          max={dateOf(now + 90 * day)}
          defaultValue={dateOf(now + 7 * day)}
        />
      )}
      <TextInput name="note" label="Note" optional />
    </>
  );
}
