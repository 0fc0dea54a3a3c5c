import { CopyButton } from "./CopyButton.tsx";

/** Bytes to copy: a token, an enrolment string, a command. */
export function CodeLine({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex items-start gap-2">
      <pre
        tabIndex={0}
        aria-label={label}
        translate="no"
        className="min-w-0 flex-1 rounded-md border border-line bg-sunken px-2.5 py-[6px] font-mono text-[12.3px] leading-[18px] [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        {value}
      </pre>
      <CopyButton value={value} label={`Copy: ${label}`} />
    </div>
  );
}
