"use client";
import { Search } from "lucide-react";
import { useRef, useState } from "react";
import { Kbd } from "../Kbd.tsx";

/** The filter line: what is typed stays plain text; words that are filters are set off behind it. Enter applies it. */
export function FilterInput({
  value: given,
  kinds,
  label,
  placeholder,
}: {
  value: string;
  kinds: readonly string[];
  label: string;
  placeholder: string;
}) {
  const [value, setValue] = useState(given);
  const [shown, setShown] = useState(given);
  const echo = useRef<HTMLDivElement>(null);
  if (shown !== given) {
    setShown(given);
    setValue(given);
  }
  return (
    <div className="relative flex h-8 min-w-0 flex-1 items-center rounded-md border border-field-line bg-surface focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent">
      <Search aria-hidden="true" size={14} className="ml-2.5 shrink-0 text-ink-3" />
      <div className="relative h-full min-w-0 flex-1">
        <div
          ref={echo}
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 overflow-hidden px-2 font-mono text-[12.3px] leading-[30px] whitespace-pre text-transparent"
        >
          {split(value).map((part, index) =>
            kinds.some((kind) => part.toLowerCase().startsWith(`${kind}:`)) ? (
              <span
                key={index}
                className="rounded-sm bg-accent-soft py-[2px] shadow-[0_0_0_2px_var(--accent-soft)]"
              >
                {part}
              </span>
            ) : (
              <span key={index}>{part}</span>
            ),
          )}
        </div>
        <input
          name="q"
          type="text"
          data-search=""
          aria-label={label}
          aria-describedby="filter-help"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={1_000}
          placeholder={placeholder}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onScroll={(event) => {
            if (echo.current) echo.current.scrollLeft = event.currentTarget.scrollLeft;
          }}
          onKeyDown={(event) => {
            // After Enter the keys belong to the list again.
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "Enter") {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
              event.currentTarget.blur();
            }
          }}
          className="absolute inset-0 size-full bg-transparent px-2 font-mono text-[12.3px] text-ink outline-none placeholder:font-sans placeholder:text-ink-3"
        />
      </div>
      <span className="mr-2.5">
        <Kbd hint>/</Kbd>
      </span>
    </div>
  );
}

/** Words and the spaces between them, so that the echo is letter for letter what was typed. */
function split(line: string): string[] {
  return line.match(/(?:[^\s"]|"[^"]*"?)+|\s+/g) ?? [];
}
