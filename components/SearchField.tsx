import { Search } from "lucide-react";
import { Kbd } from "./Kbd.tsx";

export interface SearchFieldProps {
  /** Where it goes: the text becomes `?q=`. */
  action: string;
  label: string;
  placeholder?: string;
  value?: string;
  /** Other members of the query that stay. */
  keep?: Record<string, string | undefined>;
}

/** A search field that works without scripts; `/` jumps to it. */
export function SearchField({ action, label, placeholder, value, keep = {} }: SearchFieldProps) {
  return (
    <form action={action} role="search" aria-label={label} className="relative min-w-0 flex-1 basis-64">
      <Search
        aria-hidden="true"
        size={14}
        className="pointer-events-none absolute top-[9px] left-2.5 text-ink-3"
      />
      <input
        key={value}
        type="search"
        name="q"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={value}
        data-search=""
        className="h-8 w-full rounded-md border border-field-line bg-surface pr-9 pl-8 text-sm placeholder:text-ink-3"
      />
      <span className="pointer-events-none absolute top-[7px] right-2.5">
        <Kbd hint>/</Kbd>
      </span>
      {Object.entries(keep).map(
        ([name, kept]) => kept && <input key={name} type="hidden" name={name} value={kept} />,
      )}
    </form>
  );
}
