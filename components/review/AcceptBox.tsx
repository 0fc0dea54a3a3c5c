"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useId, useState, useTransition } from "react";

/**
 * A box that accepts one part of a change. It belongs to the form that decides, wherever it stands, so what is sent is
 * what is ticked; ticking also asks the server what the lists would then say.
 */
export function AcceptBox({
  id,
  label,
  accepted,
  form,
  disabled = false,
}: {
  id: string;
  label: string;
  accepted: boolean;
  /** Id of the form that decides. */
  form: string;
  disabled?: boolean;
}) {
  const box = useId();
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const [pending, start] = useTransition();
  const [shown, setShown] = useState(accepted);
  const [known, setKnown] = useState(accepted);
  // Another selection was taken over, or the document moved on.
  if (known !== accepted) {
    setKnown(accepted);
    setShown(accepted);
  }
  const change = (ticked: boolean) => {
    setShown(ticked);
    const left = [...document.querySelectorAll<HTMLInputElement>(`input[name=accept][form="${form}"]`)]
      .filter((each) => (each.value === id ? !ticked : !each.checked))
      .map((each) => each.value);
    const next = new URLSearchParams(query);
    next.set("leave", left.join());
    start(() => router.replace(`${path}?${next}`, { scroll: false }));
  };
  return (
    <span className="inline-flex min-w-0 items-start gap-1.5" aria-busy={pending || undefined}>
      <input
        id={box}
        type="checkbox"
        name="accept"
        value={id}
        form={form}
        checked={shown}
        disabled={disabled}
        onChange={(event) => change(event.target.checked)}
        className="mt-[3px] size-3.5 shrink-0 accent-accent"
      />
      <label htmlFor={box} className={disabled ? "text-ink-2" : undefined}>
        accept <span className="[overflow-wrap:anywhere]">{label}</span>
      </label>
    </span>
  );
}
